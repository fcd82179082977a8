import type { CommandText } from './command-text.ts';
import { usagePtBr } from './usage.pt-br.ts';

const uploads = (count: number): string => (count === 1 ? '1 envio inacabado' : `${count} envios inacabados`);

export const commandTextPtBr: CommandText = {
  usage: usagePtBr,
  seeHelp: (command) => `npm run storage:${command} -- --help --lang pt-BR mostra as opções.`,
  options: {
    unknown: (option) => `${option} não é uma opção.`,
    value: (option) => `${option} precisa de um valor.`,
    noValue: (option) => `${option} não leva valor.`,
    unexpected: (text) => `“${text}” está aí sem opção.`,
    language: (known) => `--lang é um destes: ${known}.`,
    oneOf: (option, known) => `${option} é um destes: ${known}.`,
    oneNeeded: (options) => `Falta um destes: ${options}.`,
    together: (one, another) => `${one} e ${another} dizem dois lugares: deixe um só.`,
    needs: (option, needed) => `${option} só vale junto com ${needed}.`,
  },
  settings: {
    missing: (names) => `Falta: ${names}.`,
    wrong: (names) => `Fora do formato: ${names}.`,
    off: (name) => `${name} está desligado, e não há outra configuração.`,
    unreadable: (path) => `Não dá para ler ${path}.`,
    unwritable: (path) => `Não dá para escrever ${path}.`,
    noFolder: (path) => `${path} não é uma pasta.`,
    notADisk: (path) => `${path} não é um destino do Remessa.`,
    prefix: (typed) => `As chaves não podem começar com “${typed}”.`,
    template: (typed) => `“${typed}” não é um modelo de chave: ele termina em .mp4 e tem {id}, {name}, {slug} ou {ulid}.`,
    proxy: (name) => `${name} indica um proxy que não serve: tem de ser um de HTTP.`,
  },
  cors: {
    nameSites: 'Diga que sites vão tocar os vídeos: --origin https://www.escola.example',
    howToApply: 'Nada mudou. --apply acrescenta a regra; ou cole o JSON no painel:',
    blind: 'O que não se vê não se pode manter, por isso nada foi escrito. Cole o JSON no painel:',
    notKept: 'O servidor aceitou as regras, mas não as mostra. Veja no painel dele.',
  },
  unfinished: {
    needsAge: '--remove só vale junto com --older-than: a idade é tudo o que protege um envio em andamento.',
    badAge: (typed) => `--older-than é um número de dias maior que zero, e não “${typed}”.`,
    younger: (count, days) =>
      `${uploads(count)} de no máximo ${days === '1' ? '1 dia' : `${days} dias`}: fora da lista e ${count === 1 ? 'intocado' : 'intocados'}.`,
    refusedByServer: (count) => `${uploads(count)} ${count === 1 ? 'ficou' : 'ficaram'}: o destino recusou.`,
    whose:
      'Não dá para ver daqui se um Remessa aberto, neste ou em outro computador, ainda continua algum deles. Remova só o que é mais velho do que um envio pode ser.',
  },
  migrate: {
    samePlace: 'Origem e destino são o mesmo lugar, ou um está dentro do outro.',
    busy: (folder) => `Outra chamada já está cuidando disso (${folder}).`,
    looking: (looked, total) => (total === null ? `Olhando: ${looked}` : `Olhando: ${looked} de ${total}`),
    sendingVideos: (ended, all) => `Enviando: ${ended} de ${all} vídeos`,
    ofBytes: (sent, all) => `${sent} de ${all}`,
    timeLeft: (duration) => `${duration.startsWith('1 ') ? 'falta' : 'faltam'} ${duration}`,
    videos: (count, formatted) => (count === 1 ? '1 vídeo' : `${formatted} vídeos`),
    plan: 'O plano',
    statuses: {
      new: 'a enviar',
      same: 'já está lá',
      different: 'outro vídeo no lugar',
      unsure: 'sem comparação',
      invalid: 'não é um vídeo que se possa enviar',
      sent: 'enviado',
      skipped: 'deixado de lado',
      failed: 'falhou',
    },
    inTheWay: {
      different: {
        skip: 'há outro vídeo lá, e ele fica',
        replace: 'há outro vídeo lá, e ele será trocado',
        rename: 'há outro vídeo lá; este ganha um número',
      },
      unsure: {
        skip: 'o que está lá não se pode comparar, e fica',
        replace: 'o que está lá não se pode comparar, e será trocado',
        rename: 'o que está lá não se pode comparar; este ganha um número',
      },
      skipped: {
        skip: 'algo apareceu lá nesse meio-tempo, e fica',
        replace: 'não foi enviado',
        rename: 'não foi enviado',
      },
    },
    moreInMap: (count) => `… e mais ${count}: --map escreve todos.`,
    nothingFound: 'Não há vídeos na origem.',
    nothingToSend: 'Não há nada a enviar.',
    howToRun: (videos, bytes) => `Nada foi enviado. --run envia ${videos}, ${bytes}.`,
    monthly: (cost) => `Guardar tudo custa cerca de ${cost} por mês.`,
    reading: (cost) => `Ler da origem custa cerca de ${cost}, uma vez.`,
    sent: (videos, bytes, duration) => `Enviado e verificado: ${videos}, ${bytes}, em ${duration}.`,
    sentNothing: 'Nada foi enviado.',
    allThere: 'Todos os vídeos estão no destino.',
    left: (videos) => `Sobrou: ${videos}.`,
    interrupted: 'Interrompido.',
    goesOn: (folder) => `A mesma chamada continua de onde esta parou; a memória está em ${folder}`,
    mapWritten: (path) => `O mapa: ${path}`,
  },
};
