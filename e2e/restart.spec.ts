/** The loop once more on a product of its own, and what the two accounts say after a restart. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import type { Page } from "@playwright/test";
import {
  agree,
  bookHelp,
  communityPath,
  confirm,
  expectBalance,
  invite,
  join,
  offerSkill,
  report,
  setUp,
  suggestInstead,
} from "./app";
import { type Product, startProduct } from "./product";
import { expect, test } from "./ui";

let folder: string;
let product: Product;

test.beforeAll(async () => {
  folder = mkdtempSync(joinPath(tmpdir(), "evenhour-restart-"));
  chmodSync(folder, 0o755);
  product = await startProduct(joinPath(folder, "data"));
});

test.afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("an hour and a half is still there after a restart", async ({ browser }) => {
  const person = async (): Promise<Page> =>
    (await browser.newContext({ baseURL: product.baseUrl, locale: "en-GB" })).newPage();
  const carla = await person();
  await setUp(carla, product.setupLink ?? "", "Elm Street");
  const community = communityPath(carla);
  const karim = await person();
  await join(karim, await invite(carla, community), "Karim");
  const offer = await offerSkill(carla, community, "Mend a bicycle");
  const exchange = await bookHelp(karim, offer, { minutes: 60 });
  await suggestInstead(carla, exchange, 90);
  await agree(karim, exchange);
  await report(carla, exchange, 90);
  await confirm(karim, exchange);
  await expect(karim.getByRole("heading", { name: /^Settled:/ })).toBeVisible();

  await product.stop();
  product = await startProduct(joinPath(folder, "data"), {
    port: Number(new URL(product.baseUrl).port),
  });
  await expectBalance(carla, community, { balance: "+1 h 30 min", promised: "0 min" });
  await expectBalance(karim, community, { balance: "−1 h 30 min", promised: "0 min" });
});
