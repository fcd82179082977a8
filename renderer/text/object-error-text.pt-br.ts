import type { ErrorCode } from '../../shared/errors.ts';
import type { ErrorText } from './error-text.ts';

/** About what is at a destination already, and is looked after there. */
export const objectErrorTextPtBr = {
  'object-missing': {
    cause: 'não há vídeo com este nome',
    title: 'Não há vídeo com este nome',
    hint: 'Talvez já tenha sido apagado ou tenha outro nome. Maiúsculas contam.',
    action: null,
  },
  'object-changed': {
    cause: 'outro vídeo tomou o lugar dele',
    title: 'Outro vídeo tomou o lugar dele',
    hint: 'Ele mudou no destino depois que você olhou. Veja o que há lá agora e decida de novo.',
    action: null,
  },
  'delete-unconfirmed': {
    cause: 'o servidor não confirmou a exclusão',
    title: 'O vídeo continua lá',
    hint: 'O servidor aceitou apagar, mas ainda mostra o vídeo. Espere um minuto e olhe de novo.',
    action: null,
  },
  'upload-in-use': {
    cause: 'um envio seu está usando isto',
    title: 'Um dos seus envios está usando isto',
    hint: 'Cancele esse envio na lista.',
    action: null,
  },
  'not-supported': {
    cause: 'o destino não sabe fazer isto',
    title: 'O destino não sabe fazer isto',
    hint: 'O servidor não conhece esta função. Os envios funcionam sem ela.',
    action: null,
  },
} satisfies Partial<Readonly<Record<ErrorCode, ErrorText>>>;
