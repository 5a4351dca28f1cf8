-- Nothing in the product closes an account yet, and close_account asks for nobody's authority: only the owner may
-- call it until a decision of a member or a coordinator authorizes it.
REVOKE EXECUTE ON FUNCTION close_account(uuid, uuid) FROM evenhour_app;
