import { useKeyProblem, useSetKey } from '../queue/use-row-key.ts';
import type { Row } from '../state/rows.ts';
import { useBridge } from '../state/services.tsx';
import { useCommand } from '../state/use-command.ts';
import { useTexts } from '../text/TextProvider.tsx';
import { ReviewField } from './ReviewField.tsx';
import type { ReviewFields } from './use-review-fields.ts';

interface ReviewRowProps {
  readonly row: Row;
  readonly fields: ReviewFields;
}

/** A video with its id and its name at the destination; each is set when its field is left or Enter is pressed. */
export function ReviewRow({ row, fields }: ReviewRowProps) {
  const { adding, format } = useTexts();
  const bridge = useBridge();
  const command = useCommand();
  const setKey = useSetKey();
  const keyProblem = useKeyProblem();
  const setVideoId = async (typed: string) => {
    for (const { id } of row.legs) if ((await command(bridge.setVideoId(id, typed))) === undefined) return false;
    return true;
  };
  return (
    <li className="review-row">
      <span className="review-name" title={row.name}>
        {row.name}
      </span>
      <ReviewField
        label={adding.reviewIdOf(row.name)}
        placeholder={adding.reviewId}
        value=""
        className="review-id"
        fields={fields}
        problemOf={() => null}
        onSet={setVideoId}
      />
      <ReviewField
        label={adding.reviewKeyOf(row.name)}
        placeholder={adding.reviewKey}
        value={row.key}
        className="review-key"
        isReadOnly={!row.keyEditable}
        fields={fields}
        problemOf={(key) => keyProblem(row, key)}
        onSet={(key) => setKey(row, key)}
      />
      <span className="review-bytes">{format.bytes(row.size)}</span>
    </li>
  );
}
