import { CircleCheck, Copy, FolderOpen, RotateCw, ShieldCheck } from 'lucide-react';
import type { Receipt, ReceiptReport } from '../../shared/receipt.ts';
import type { Asked } from '../state/asked.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import type { ErrorAction } from '../text/error-action.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { useToast } from '../ui/Toast.tsx';
import { CheckReport } from './CheckReport.tsx';
import { Proofs } from './Proofs.tsx';
import { copyOf, factLines } from './receipt-lines.ts';

interface ReceiptBodyProps {
  readonly id: string;
  readonly receipt: Receipt;
  readonly report: Asked<ReceiptReport>;
  readonly onCheck: () => void;
  readonly onMend: (action: ErrorAction) => void;
}

export function ReceiptBody({ id, receipt, report, onCheck, onMend }: ReceiptBodyProps) {
  const texts = useTexts();
  const { receipt: words } = texts;
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const copy = async () => {
    if ((await command(bridge.copyDetails(copyOf(receipt)))) === undefined) return;
    toast({ tone: 'success', title: words.copied });
  };
  return (
    <div className="receipt">
      <ReceiptSeal receipt={receipt} />
      <dl className="receipt-facts">
        {factLines(receipt, texts).map(([name, value, note]) => (
          <div key={name} className="receipt-fact">
            <dt>{name}</dt>
            <dd>
              {value}
              {note !== undefined && <span className="receipt-note">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <Proofs receipt={receipt} />
      <CheckReport report={report} onAgain={onCheck} onMend={onMend} />
      <p className="receipt-engineers">
        {words.forEngineers} <code>npm run verify -- receipt.json</code>
      </p>
      <footer className="form-buttons receipt-buttons">
        <Button tone="accent" icon={RotateCw} isPending={report.state === 'asking'} onPress={onCheck}>
          {words.checkAgain}
        </Button>
        <span className="form-spring" />
        <Button tone="quiet" icon={FolderOpen} onPress={() => void command(bridge.showReceiptFile(id))}>
          {words.showFile}
        </Button>
        <Button tone="quiet" icon={Copy} onPress={() => void copy()}>
          {words.copy}
        </Button>
      </footer>
    </div>
  );
}

/** What the row says, larger, and when. */
function ReceiptSeal({ receipt }: { readonly receipt: Receipt }) {
  const { receipt: words, queue, format } = useTexts();
  const { verification } = receipt;
  const isVerified = verification === 'object' || verification === 'checksum';
  const Icon = isVerified ? ShieldCheck : CircleCheck;
  return (
    <div className="receipt-seal">
      <span className={`receipt-seal-icon ${isVerified ? 'receipt-seal-verified' : ''}`}>
        <Icon aria-hidden />
      </span>
      <p className="receipt-seal-words">
        <strong>{queue.sent[verification]}</strong>
        <span className="receipt-note">{words.sentAt(format.fullDateTime(Date.parse(receipt.verifiedAt)))}</span>
      </p>
    </div>
  );
}
