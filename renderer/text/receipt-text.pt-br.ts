import type { ReceiptText } from './receipt-text.ts';

export const receiptTextPtBr: ReceiptText = {
  title: 'Comprovante',
  opening: 'Abrindo o comprovante…',
  failed: 'O comprovante não abriu',
  sentAt: (moment) => `em ${moment}`,
  file: 'Arquivo',
  modified: (moment) => `modificado em ${moment}`,
  exactBytes: (count) => `${count} bytes`,
  destination: 'Destino',
  bucket: 'Bucket',
  key: 'Nome no bucket',
  proved: 'provado',
  notProved: 'não provado',
  parts: (count, formatted) => {
    if (count === 0) return 'O servidor confirmou o arquivo, enviado de uma vez';
    return count === 1 ? 'O servidor confirmou a única parte' : `O servidor confirmou cada uma das ${formatted} partes`;
  },
  sizeAndType: (size, type) => `Tamanho e tipo estão certos: ${size}, ${type}`,
  mayNotLook: 'Tamanho, tipo e somas do vídeo pronto: a chave de acesso não permite olhar',
  plainEtag: 'O ETag do objeto',
  etag: (parts) =>
    parts === 0
      ? 'O ETag do vídeo pronto é o deste arquivo'
      : 'O vídeo pronto é feito exatamente destas partes, nesta ordem (ETag)',
  noEtag: 'ETag: o servidor não usa a que se pode calcular aqui',
  checksum: 'A soma do vídeo inteiro é igual à do arquivo (CRC-64/NVME)',
  noChecksum: 'Soma do vídeo inteiro: este servidor não guarda uma',
  copyValue: (name) => `Copiar ${name}`,
  valueCopied: 'Valor copiado',
  checkAgain: 'Conferir de novo',
  checking: 'Conferindo sem baixar o vídeo…',
  passed: 'Conferido agora: continua tudo igual',
  changed: 'O que está lá não é mais o que foi enviado',
  unsure: 'O servidor não disse o bastante para ter certeza',
  failedToCheck: 'Não deu para conferir agora',
  checks: {
    exists: 'Vídeo no bucket',
    size: 'Tamanho',
    type: 'Tipo',
    token: 'Marca deste envio',
    etag: 'ETag',
    checksum: 'Soma do vídeo inteiro',
  },
  results: { same: 'igual', different: 'diferente', unknown: 'o servidor não diz' },
  existence: { same: 'está lá', different: 'não está mais lá', unknown: 'o servidor não diz' },
  showFile: 'Mostrar arquivo',
  copy: 'Copiar',
  copied: 'Comprovante copiado',
  forEngineers: 'Para conferir sem o Remessa:',
};
