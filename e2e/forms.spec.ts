/** A form that makes one thing after another is empty once it was sent, and its first field has the focus. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { communityPath, setUp } from "./app";
import { type Product, startProduct } from "./product";
import { expect, test } from "./ui";

let folder: string;
let product: Product;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "evenhour-forms-"));
  chmodSync(folder, 0o755);
  product = await startProduct(join(folder, "data"));
});

test.afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("days that differ, and parts of town", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: product.baseUrl, locale: "en-GB" });
  const carla = await context.newPage();
  await setUp(carla, product.setupLink ?? "", "Calle Olmo");
  const community = communityPath(carla);

  await carla.goto(`${community}/availability`);
  const firstDay = carla.getByLabel("First day");
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await firstDay.fill(soon);
  await carla.getByRole("button", { name: "Add these days" }).click();
  await expect(firstDay).toHaveValue("");
  await expect(firstDay).toBeFocused();

  await carla.goto(`${community}/coordinate/neighbourhoods`);
  const name = carla.locator('input[name="name"]');
  await name.fill("Old town");
  await carla
    .getByLabel(/coordinates/i)
    .first()
    .fill("40.417, -3.703");
  await carla.locator('form button[type="submit"]').last().click();
  await expect(carla.getByText("Old town").first()).toBeVisible();
  await expect(name).toHaveValue("");
  await expect(name).toBeFocused();
  await context.close();
});
