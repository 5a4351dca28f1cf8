import { router } from "../trpc";
import { accountRouter } from "./account";
import { availabilityRouter } from "./availability";
import { communityRouter } from "./community";
import { exchangeRouter } from "./exchange";
import { homeRouter } from "./home";
import { listingRouter } from "./listing";
import { matchRouter } from "./match";
import { memberRouter } from "./member";
import { neighbourhoodRouter } from "./neighbourhood";
import { personRouter } from "./person";
import { photoRouter } from "./photo";
import { searchRouter } from "./search";
import { setupRouter } from "./setup";
import { thanksRouter } from "./thanks";

export const appRouter = router({
  setup: setupRouter,
  person: personRouter,
  community: communityRouter,
  member: memberRouter,
  neighbourhood: neighbourhoodRouter,
  listing: listingRouter,
  match: matchRouter,
  exchange: exchangeRouter,
  thanks: thanksRouter,
  photo: photoRouter,
  account: accountRouter,
  availability: availabilityRouter,
  home: homeRouter,
  search: searchRouter,
});

export type AppRouter = typeof appRouter;
