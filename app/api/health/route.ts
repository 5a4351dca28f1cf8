import { health } from "@/server/http";

export const dynamic = "force-dynamic";

export const GET = health;
