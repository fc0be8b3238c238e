import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTempFolder, removeTempFolder } from "#e2e/support/temp-folder.ts";
import { startEmbeddedPostgres } from "./start.ts";

const PASSWORD = "p@ss/word";
let folder: string;

beforeAll(async () => {
  folder = await makeTempFolder("embedded");
});

afterAll(() => removeTempFolder(folder));

test("after a kill -9 of the process that started it, the next start works and keeps every row", async () => {
  const child = spawnStarter();
  const exited = once(child, "exit");
  const [url] = await once(child.stdout, "data");
  const before = new pg.Client({ connectionString: String(url).trim() });
  // It ends under us, which is the point.
  before.on("error", () => {});
  await before.connect();
  await before.query("CREATE TABLE kept (word text)");
  await before.query("INSERT INTO kept VALUES ('still here')");
  child.kill("SIGKILL");
  await exited;

  const postgres = await startEmbeddedPostgres(folder, PASSWORD);
  const after = new pg.Client({ connectionString: postgres.ownerUrl });
  await after.connect();
  const { rows } = await after.query("SELECT word FROM kept");
  await after.end();
  expect(rows).toEqual([{ word: "still here" }]);
  await postgres.stop();
  await expect(new pg.Client({ connectionString: postgres.ownerUrl }).connect()).rejects.toThrow("ECONNREFUSED");
});

function spawnStarter() {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(path.join(import.meta.dirname, "start.ts"))};
    const postgres = await startEmbeddedPostgres(${JSON.stringify(folder)}, ${JSON.stringify(PASSWORD)});
    console.log(postgres.ownerUrl);
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
}
