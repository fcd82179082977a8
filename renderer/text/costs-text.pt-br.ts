import type { CostsText } from './costs-text.ts';

const videos = (count: number) => (count === 1 ? '1 vídeo' : `${count} vídeos`);

export const costsTextPtBr: CostsText = {
  intro: 'Quanto custa um mês, e quanto o mesmo custaria em outro lugar. É uma estimativa, e não a conta do provedor.',
  reading: 'Somando…',
  refused: 'Não deu para somar',
  known: (count, bytes) => `Este computador enviou para cá ${videos(count)}, ${bytes}.`,
  counted: (count, bytes) => `No destino há ${videos(count)}, ${bytes}.`,
  countAll: 'Contar tudo o que há lá',
  counting: 'Contando…',
  views: 'Vezes que cada vídeo é assistido por mês',
  viewsHelp: 'É o que mais pesa na conta da Amazon.',
  viewsProblem: 'Escreva um número de 0 a 1 milhão.',
  table: 'Custo por mês',
  kinds: { r2: 'Cloudflare R2', s3: 'Amazon S3', disk: 'Disco da Render' },
  here: 'este destino',
  lines: {
    storage: 'Guardar os vídeos',
    unfinished: 'Envios inacabados',
    requests: 'Pedidos ao servidor',
    egress: 'Assistir aos vídeos',
    total: 'Total por mês',
  },
  notCounted: 'não contados',
  why: (bytes, { r2, s3 }) => `Quem assiste baixa ${bytes} por mês. Na Amazon isso custa ${s3}; no R2, ${r2}.`,
  nothing: 'nada',
  whyNobody: 'Sem ninguém assistindo, paga-se só o que fica guardado.',
  freeTiers:
    'Já sem o que é grátis por mês: no R2, 10 GB guardados, 1 milhão de gravações e 10 milhões de leituras; na Amazon, 100 GB assistidos e, para contas novas por um ano, 5 GB guardados.',
  prices: (date) => `Preços de ${date}, em dólares e sem impostos.`,
  ownDisk: 'Um disco que é seu não cobra por mês; o preço aqui é o de um disco da Render.',
  ownServer: 'Este servidor não é da Amazon: os preços dele podem ser outros.',
};
