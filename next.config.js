import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native modules and what connects to databases stay outside the bundle.
  serverExternalPackages: [
    "@node-rs/argon2",
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "graphile-worker",
    "nodemailer",
    "sharp",
    "web-push",
  ],
  images: { unoptimized: true },
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  // Types are a step of `npm test`; whoever starts Evenhour need not wait for them.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
};

export default createNextIntlPlugin("./server/api/i18n.ts")(config);
