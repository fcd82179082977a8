import { Check, Copy, Minus } from 'lucide-react';
import type { Receipt } from '../../shared/receipt.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { IconButton } from '../ui/Button.tsx';
import { useToast } from '../ui/Toast.tsx';
import { proofLines } from './receipt-lines.ts';
import type { ProofLine } from './receipt-lines.ts';

/** What was proved, line by line, and what could not be. */
export function Proofs({ receipt }: { readonly receipt: Receipt }) {
  const texts = useTexts();
  return (
    <ul className="proofs">
      {proofLines(receipt, texts).map((line) => (
        <Proof key={line.level} line={line} />
      ))}
    </ul>
  );
}

/** What the two values are called, on the button that copies them. */
const valueNames = { parts: '', size: '', object: 'ETag', checksum: 'CRC-64/NVME' } as const;

function Proof({ line }: { readonly line: ProofLine }) {
  const { receipt: words } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const toast = useToast();
  const Icon = line.isProved ? Check : Minus;
  const copy = async (value: string) => {
    if ((await command(bridge.copyDetails(value))) === undefined) return;
    toast({ tone: 'success', title: words.valueCopied });
  };
  const { value } = line;
  return (
    <li className={`proof ${line.isProved ? 'proof-proved' : ''}`}>
      <Icon className="icon" aria-hidden />
      <div className="proof-words">
        <span className="visually-hidden">{`${line.isProved ? words.proved : words.notProved}: `}</span>
        {line.words}
        {value !== null && (
          <span className="proof-value">
            <code>{value}</code>
            <IconButton
              icon={Copy}
              label={words.copyValue(valueNames[line.level])}
              onPress={() => void copy(value)}
            />
          </span>
        )}
      </div>
    </li>
  );
}
