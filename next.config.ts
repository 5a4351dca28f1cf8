import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native modules and what connects to databases stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "pg", "@prisma/client", "@prisma/adapter-pg", "graphile-worker"],
  images: { unoptimized: true },
  devIndicators: false,
  // `npm test` checks types; whoever only runs Evenhour need not wait for it.
  typescript: { ignoreBuildErrors: true },
};

export default createNextIntlPlugin("./server/i18n.ts")(config);
