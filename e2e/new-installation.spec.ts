/** The first members of a new installation, from the set-up link to the first settled hours. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { type Product, startProduct } from "../verification/kit/product";
import {
  agree,
  bookHelp,
  checkBooks,
  communityPath,
  confirm,
  expectBalance,
  expectStatus,
  invite,
  join,
  offerSkill,
  report,
  setUp,
  suggestInstead,
} from "./app";
import { test as base, expect, expectAccessible, open } from "./ui";

const test = base.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
    async ({}, use) => {
      const folder = mkdtempSync(joinPath(tmpdir(), "evenhour-new-"));
      // As root, PostgreSQL runs as another user, who must be able to enter this folder.
      chmodSync(folder, 0o755);
      const product = await startProduct(joinPath(folder, "data"));
      await use(product);
      await product.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  baseURL: ({ product }, use) => use(product.baseUrl),
});

test("a new installation reaches its first settled hour and a half", async ({
  newPerson,
  product,
}) => {
  const carla = await newPerson();
  await open(carla, "/setup/somebody-guessed");
  await expect(carla.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
  await setUp(carla, product.setupLink ?? "", "Elm Street");
  const community = communityPath(carla);
  await expectAccessible(carla);

  const link = await invite(carla, community);
  const karim = await newPerson();
  await join(karim, link, "Karim");

  const offer = await offerSkill(carla, community, "Mend a bicycle");
  await open(karim, `${community}/browse?words=bicycle`);
  await karim.getByRole("link", { name: "Mend a bicycle" }).click();
  await karim.waitForURL(`**${offer}`);
  const exchange = await bookHelp(karim, offer, { minutes: 60, note: "The front brake squeaks." });
  await expectAccessible(karim);

  await open(carla, community);
  await expect(carla.getByRole("heading", { name: "Waiting for your answer" })).toBeVisible();
  await suggestInstead(carla, exchange, 90);
  await agree(karim, exchange);
  await expect(karim.getByRole("heading", { name: /^Agreed\./ })).toBeVisible();
  await expectBalance(karim, community, {
    balance: "0 min",
    promised: "1 h 30 min",
    canPromise: "8 h 30 min",
  });

  await report(carla, exchange, 90);
  await expectStatus(
    karim,
    exchange,
    /Carla \(coordinator\) reported 1 h 30 min\. Is that right\?/,
  );
  await confirm(karim, exchange);
  await expect(karim.getByRole("heading", { name: /^Settled:/ })).toBeVisible();
  await expectAccessible(karim);

  await expectBalance(carla, community, { balance: "+1 h 30 min" });
  await expectBalance(karim, community, { balance: "−1 h 30 min", promised: "0 min" });
  await expect(karim.getByRole("table", { name: "Statement" })).toContainText("Mend a bicycle");
  expect(await checkBooks(product.databaseUrl)).toEqual([]);
});
