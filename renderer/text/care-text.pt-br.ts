import type { CareText } from './care-text.ts';
import { costsTextPtBr } from './costs-text.pt-br.ts';
import { deletionTextPtBr } from './deletion-text.pt-br.ts';
import { playbackTextPtBr } from './playback-text.pt-br.ts';
import { unfinishedTextPtBr } from './unfinished-text.pt-br.ts';

export const careTextPtBr: CareText = {
  title: (name) => `Cuidar de “${name}”`,
  tabs: {
    check: 'Conferir',
    playback: 'Tocar em sites',
    unfinished: 'Inacabados',
    costs: 'Custos',
    delete: 'Apagar um vídeo',
  },
  check: {
    intro: 'Testa, um por um, tudo de que os envios e os links precisam. O arquivo de teste é apagado no fim.',
    start: 'Conferir agora',
    again: 'Conferir de novo',
    stop: 'Parar',
    running: (done, all) => `Conferindo: ${done} de ${all}`,
    fine: 'Tudo funciona',
    fineHint: 'Este destino está pronto para enviar, conferir e dar links.',
    warned: (count) => (count === 1 ? 'Funciona; 1 coisa para olhar' : `Funciona; ${count} coisas para olhar`),
    failedBeside: (count) =>
      count === 1 ? 'Os envios funcionam, mas 1 coisa não' : `Os envios funcionam, mas ${count} coisas não`,
    failedUploads: (count) => (count === 1 ? '1 coisa impede os envios' : `${count} coisas impedem os envios`),
    stopped: 'A conferência parou antes do fim',
    cleanedUp: 'O arquivo de teste foi apagado.',
    toLookAt: 'Para olhar',
    works: 'Funciona',
    notChecked: 'Não conferido',
    editDestination: 'Editar destino',
    openPlayback: 'Deixar sites tocarem',
    addRule: 'Criar a regra',
    ruleAdded: 'Regra criada: o bucket apaga sozinho o que não terminou',
    copyDetailsOf: (name) => `Copiar detalhes: ${name}`,
    copyReport: 'Copiar relatório',
    reportCopied: 'Relatório copiado',
    refused: 'A conferência não pôde começar',
  },
  playback: playbackTextPtBr,
  unfinished: unfinishedTextPtBr,
  costs: costsTextPtBr,
  deletion: deletionTextPtBr,
};
