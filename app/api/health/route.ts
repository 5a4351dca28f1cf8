import { health } from "@/server/api/http/trpc-http";

export const dynamic = "force-dynamic";

export const GET = health;
