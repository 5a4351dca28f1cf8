import { router } from "../trpc";
import { accountRouter } from "./account";
import { communityRouter } from "./community";
import { exchangeRouter } from "./exchange";
import { homeRouter } from "./home";
import { listingRouter } from "./listing";
import { matchRouter } from "./match";
import { memberRouter } from "./member";
import { personRouter } from "./person";
import { setupRouter } from "./setup";

export const appRouter = router({
  setup: setupRouter,
  person: personRouter,
  community: communityRouter,
  member: memberRouter,
  listing: listingRouter,
  match: matchRouter,
  exchange: exchangeRouter,
  account: accountRouter,
  home: homeRouter,
});

export type AppRouter = typeof appRouter;
