import { uploadPhoto } from "@/server/api/http/photos";

type Context = { params: Promise<{ community: string }> };

export async function POST(request: Request, { params }: Context): Promise<Response> {
  return uploadPhoto(request, (await params).community);
}
