import account from "./account.json";
import availability from "./availability.json";
import calendar from "./calendar.json";
import common from "./common.json";
import community from "./community.json";
import errors from "./errors.json";
import exchange from "./exchange.json";
import home from "./home.json";
import identity from "./identity.json";
import listing from "./listing.json";
import mail from "./mail.json";
import matching from "./matching.json";
import member from "./member.json";
import notification from "./notification.json";
import offline from "./offline.json";
import onboarding from "./onboarding.json";
import photo from "./photo.json";
import place from "./place.json";
import privacy from "./privacy.json";
import push from "./push.json";
import search from "./search.json";
import thanks from "./thanks.json";
import welcome from "./welcome.json";

/** One file a noun; a namespace stands in one of them. */
export default {
  ...account,
  ...availability,
  ...calendar,
  ...common,
  ...community,
  ...errors,
  ...exchange,
  ...home,
  ...identity,
  ...listing,
  ...mail,
  ...matching,
  ...member,
  ...notification,
  ...offline,
  ...onboarding,
  ...photo,
  ...place,
  ...privacy,
  ...push,
  ...search,
  ...thanks,
  ...welcome,
};
