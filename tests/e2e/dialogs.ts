import type { ElectronApplication } from '@playwright/test';

/*
 * The system's own windows cannot be clicked by a test. What a person would choose in them is said beforehand, in the
 * main process; everything before and after them is the app's own.
 */

/** From now on these paths are chosen whenever files or a folder are asked for; none: the dialog is closed. */
export const choose = (app: ElectronApplication, ...paths: readonly string[]): Promise<void> =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths: [...filePaths] });
  }, paths);

/** From now on whatever is to be saved is saved there. */
export const saveAs = (app: ElectronApplication, filePath: string): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);

/** Answers with what has been shown in the file manager since. */
export async function watchFileManager(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  const shown = await app.evaluateHandle(({ shell }) => {
    const paths: string[] = [];
    shell.showItemInFolder = (path) => void paths.push(path);
    return paths;
  });
  return () => shown.jsonValue();
}
