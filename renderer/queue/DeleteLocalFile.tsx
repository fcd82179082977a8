import type { Upload } from '../../shared/upload.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { useToast } from '../ui/Toast.tsx';

/** The file's disk has no trash: whether it goes for good is a person's decision. */
export function DeleteLocalFile({ upload, onEnd }: { readonly upload: Upload; readonly onEnd: () => void }) {
  const { queue } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const onAnswer = async (yes: boolean) => {
    onEnd();
    if (!yes) return;
    const done = await command(bridge.deleteLocalFile(upload.id));
    if (done !== undefined) toast({ tone: 'success', title: queue.localDeleted(upload.name) });
  };
  const question = {
    title: queue.deleteLocalTitle(upload.name),
    body: queue.deleteLocalBody,
    yes: queue.deleteLocalYes,
    no: queue.deleteLocalNo,
    isDanger: true,
  };
  return <ConfirmDialog question={question} onAnswer={(yes) => void onAnswer(yes)} />;
}
