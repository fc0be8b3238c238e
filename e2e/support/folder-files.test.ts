import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readFolder } from "./folder-files.ts";
import { makeTempFolder, removeTempFolder } from "./temp-folder.ts";

async function makeFolder(): Promise<string> {
  const folder = await makeTempFolder("folder-files");
  onTestFinished(() => removeTempFolder(folder));
  await mkdir(path.join(folder, "below"));
  for (const name of ["a", "below/b", "c"]) await writeFile(path.join(folder, name), name);
  return folder;
}

test("every file is read, those of folders below too", async () => {
  const folder = await makeFolder();
  const files: string[] = [];
  for await (const [file, bytes] of readFolder(folder)) files.push(`${path.relative(folder, file)}: ${bytes}`);
  expect(files.toSorted()).toEqual(["a: a", "below/b: below/b", "c: c"]);
});

test("what is deleted between listing and reading is left out, files and folders", async () => {
  const folder = await makeFolder();
  const files: string[] = [];
  for await (const [file] of readFolder(folder)) {
    files.push(file);
    // Whichever came first: the listing has named the others.
    await rm(path.join(folder, "below"), { recursive: true, force: true });
    for (const name of ["a", "c"]) await rm(path.join(folder, name), { force: true });
  }
  expect(files).toHaveLength(1);
});
