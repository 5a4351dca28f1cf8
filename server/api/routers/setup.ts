import { z } from "zod";
import { setupShape } from "@/domain/community/schema";
import { token } from "../../../domain/kernel/input";
import { claimInstallation } from "../../community/claim-installation";
import { isSetupToken, readClaimed } from "../../community/queries";
import { hashToken } from "../../platform/tokens";
import { publicProcedure, router } from "../trpc";

export const setupRouter = router({
  /** Whether the installation is claimed, and whether the set-up link is valid. */
  state: publicProcedure
    .input(z.strictObject({ token: z.string().max(100) }))
    .query(async ({ input }) => ({
      claimed: await readClaimed(),
      valid: await isSetupToken(hashToken(input.token)),
    })),

  /** Claims the installation with the one-time link. */
  claim: publicProcedure
    .meta({ audit: true })
    .input(z.strictObject({ token, ...setupShape }))
    .mutation(({ ctx, input }) => claimInstallation(input, ctx.now)),
});
