import { handleSignIn } from "@/server/api/auth";

export { handleSignIn as GET, handleSignIn as POST };
