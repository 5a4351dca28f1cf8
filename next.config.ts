import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native modules and what connects to databases stay outside the bundle.
  serverExternalPackages: [
    ...["@node-rs/argon2", "pg", "@prisma/client", "@prisma/adapter-pg", "graphile-worker"],
    ...["nodemailer", "sharp"],
  ],
  images: { unoptimized: true },
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  // Types are a step of `npm test`; whoever starts Evenhour need not wait for them.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};

export default createNextIntlPlugin("./server/i18n.ts")(config);
