import { showPhoto } from "@/server/photos";

type Context = { params: Promise<{ community: string; id: string; size: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return showPhoto(request, await params);
}
