import { health } from "@/server/api/http/health";

export const dynamic = "force-dynamic";

export const GET = health;
