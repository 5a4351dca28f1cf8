import { router } from "../trpc";
import { accountRouter } from "./account";
import { communityRouter } from "./community";
import { exchangeRouter } from "./exchange";
import { homeRouter } from "./home";
import { listingRouter } from "./listing";
import { memberRouter } from "./member";
import { personRouter } from "./person";
import { searchRouter } from "./search";
import { setupRouter } from "./setup";

export const appRouter = router({
  setup: setupRouter,
  person: personRouter,
  community: communityRouter,
  member: memberRouter,
  listing: listingRouter,
  exchange: exchangeRouter,
  account: accountRouter,
  home: homeRouter,
  search: searchRouter,
});

export type AppRouter = typeof appRouter;
