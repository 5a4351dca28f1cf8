import { chooseOnDevice } from "@/server/api/http/trpc-http";

type Context = { params: Promise<{ language: string }> };

/** Sets the language cookie of this device and redirects to the page; works without scripts. */
export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  chooseOnDevice(request, (await params).language);
