import { servePhoto } from "@/server/api/http/photos";

type Context = { params: Promise<{ community: string; id: string; size: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return servePhoto(request, await params);
}
