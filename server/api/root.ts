import { accountRouter } from "./routers/account";
import { availabilityRouter } from "./routers/availability";
import { communityRouter } from "./routers/community";
import { exchangeRouter } from "./routers/exchange";
import { homeRouter } from "./routers/home";
import { listingRouter } from "./routers/listing";
import { matchRouter } from "./routers/matching";
import { memberRouter } from "./routers/member";
import { neighbourhoodRouter } from "./routers/neighbourhood";
import { notificationRouter } from "./routers/notification";
import { personRouter } from "./routers/person";
import { photoRouter } from "./routers/photo";
import { privacyRouter } from "./routers/privacy";
import { pushRouter } from "./routers/push";
import { searchRouter } from "./routers/search";
import { setupRouter } from "./routers/setup";
import { thanksRouter } from "./routers/thanks";
import { router } from "./trpc";

export const appRouter = router({
  setup: setupRouter,
  person: personRouter,
  community: communityRouter,
  privacy: privacyRouter,
  member: memberRouter,
  neighbourhood: neighbourhoodRouter,
  listing: listingRouter,
  match: matchRouter,
  exchange: exchangeRouter,
  thanks: thanksRouter,
  notification: notificationRouter,
  push: pushRouter,
  photo: photoRouter,
  account: accountRouter,
  availability: availabilityRouter,
  home: homeRouter,
  search: searchRouter,
});

export type AppRouter = typeof appRouter;
