import { counted, type DoctorText, type Facts, told } from './doctor-text.ts';
import type { Format } from './format.ts';

const days = (facts: Facts, format: Format): string => {
  const count = counted(facts, 'days') ?? 0;
  return `${format.integer(count)} ${count === 1 ? 'dia' : 'dias'}`;
};
/** The public address, or the destination itself. */
const whoShows = (facts: Facts): string => (told(facts, 'url') === '' ? 'O destino' : `O endereço ${told(facts, 'url')}`);

export const doctorTextPtBr: DoctorText = {
  states: {
    waiting: 'na fila',
    running: 'verificando',
    passed: 'tudo certo',
    warned: 'vale olhar',
    failed: 'falhou',
    skipped: 'não verificado',
  },
  checks: {
    settings: { name: 'Configuração', passed: () => 'O que foi preenchido combina entre si.' },
    dns: { name: 'Nome do servidor', passed: (facts) => `O nome foi encontrado${inWords(told(facts, 'host'))}.` },
    tls: { name: 'Conexão segura', passed: (facts, format) => `O certificado do servidor é confiável e vale por mais ${days(facts, format)}.` },
    clock: { name: 'Relógio', passed: () => 'O relógio deste computador está certo.' },
    folder: { name: 'Pasta', passed: () => 'A pasta está no lugar e é a que foi escolhida.' },
    space: { name: 'Espaço', passed: (facts, format) => `Há ${format.bytes(counted(facts, 'freeBytes') ?? 0)} livres.${quota(facts, format)}` },
    credentials: { name: 'Chave de acesso', passed: () => 'A chave foi aceita.' },
    bucket: {
      name: 'Bucket',
      passed: (facts) => (isPlace(told(facts, 'region')) ? `O bucket existe e fica em ${told(facts, 'region')}.` : 'O bucket existe.'),
    },
    put: { name: 'Gravar', passed: () => 'Um arquivo de teste foi gravado.' },
    head: { name: 'Consultar', passed: () => 'O arquivo de teste tem o tamanho certo e o tipo de um vídeo.' },
    get: { name: 'Ler', passed: () => 'O arquivo de teste voltou idêntico, byte por byte.' },
    range: { name: 'Pular no vídeo', passed: () => 'Dá para começar a assistir de qualquer ponto.' },
    multipart: { name: 'Enviar em partes', passed: () => 'Vídeos grandes vão em partes e continuam depois de uma interrupção.' },
    checksum: { name: 'Soma de verificação', passed: () => 'O destino confirma, com uma soma própria, que cada byte chegou.' },
    conditional: { name: 'Não substituir', passed: () => 'Um vídeo que já está lá não é substituído por engano.' },
    presigned: { name: 'Link temporário', passed: () => 'Um link temporário mostra o vídeo a quem o recebe.' },
    'public-url': { name: 'Endereço público', passed: (facts) => `${whoShows(facts)} mostra o vídeo a qualquer pessoa.` },
    cors: { name: 'Tocar em páginas', passed: (facts, format) => `${pages(facts, format)} podem tocar os vídeos.` },
    lifecycle: { name: 'Limpeza', passed: (facts, format) => `O que ninguém termina de enviar é descartado depois de ${days(facts, format)}.` },
    'file-size': { name: 'Arquivos grandes', passed: () => 'O disco aceita arquivos de qualquer tamanho.' },
    speed: { name: 'Velocidade', passed: (facts, format) => `${speed(facts, format)}${roundTrip(facts, format)}.` },
    delete: {
      name: 'Apagar',
      passed: (facts) =>
        told(facts, 'deletion') === 'hidden'
          ? 'O arquivo de teste foi apagado. Este bucket guarda versões antigas: o que se apaga só fica escondido e continua sendo cobrado.'
          : 'O arquivo de teste foi apagado e não está mais lá.',
    },
  },
  problems: {
    'name-unknown': {
      cause: (facts) => `Ninguém conhece um servidor com este nome${inWords(told(facts, 'host'))}.`,
      remedy: () => 'Veja se a internet funciona. Depois confira a conta, a região e o endpoint na configuração do destino.',
    },
    'certificate-ends': {
      cause: (facts, format) => `O certificado do servidor vence em ${days(facts, format)}.`,
      remedy: () => 'Depois disso não dá para enviar mais nada. Avise quem cuida do servidor.',
    },
    'clock-off': {
      cause: (facts, format) => `O relógio deste computador está ${format.duration(Math.abs(counted(facts, 'seconds') ?? 0))} ${(counted(facts, 'seconds') ?? 0) < 0 ? 'adiantado' : 'atrasado'}.`,
      remedy: () => 'O Remessa compensa. Ainda assim, deixe o sistema ajustar data e hora sozinho.',
    },
    'no-checksum': {
      cause: () => 'O destino não guarda uma soma de verificação do vídeo inteiro.',
      remedy: () => 'Não é preciso fazer nada: o Remessa confere cada parte. A prova só fica um pouco mais fraca.',
    },
    overwrites: {
      cause: () => 'O destino substitui um vídeo mesmo quando pedimos que não.',
      remedy: () => 'O Remessa olha antes de enviar. Evite que dois computadores enviem o mesmo nome ao mesmo tempo.',
    },
    'conditions-unknown': {
      cause: () => 'Não dá para pedir ao destino que mantenha o que já está lá.',
      remedy: () => 'O Remessa olha antes de enviar. Evite que dois computadores enviem o mesmo nome ao mesmo tempo.',
    },
    'no-ranges': {
      cause: (facts) => `${whoShows(facts)} sempre manda o vídeo inteiro, nunca um trecho.`,
      remedy: () => 'Os vídeos tocam, mas não dá para pular neles. Quem cuida do servidor pode liberar “range requests”.',
    },
    'wrong-content': {
      cause: (facts) => `${whoShows(facts)} mostra outra coisa, e não o que foi enviado.`,
      remedy: (facts) =>
        told(facts, 'url') === ''
          ? 'Não envie nada para lá até isso ser resolvido. Mostre esta verificação a quem cuida do destino.'
          : 'Confira se o endereço público é mesmo o deste bucket ou desta pasta.',
    },
    'wrong-type': {
      cause: (facts) => `${whoShows(facts)} diz que o vídeo é “${told(facts, 'type') || '?'}”, e não “video/mp4”.`,
      remedy: () => 'O navegador pode baixar o arquivo em vez de tocar. Quem cuida do servidor pode acertar o tipo dos MP4.',
    },
    'no-public-url': {
      cause: () => 'O destino não tem um endereço público.',
      remedy: () => 'Os links são temporários. Com um endereço próprio, eles ficam curtos e não vencem.',
    },
    'public-unreachable': {
      cause: (facts) => `O endereço público${inWords(told(facts, 'url'))} não responde.`,
      remedy: () => 'Os links não vão abrir. Confira o endereço na configuração do destino e se o domínio está conectado.',
    },
    'public-status': {
      cause: (facts) => `O endereço público${inWords(told(facts, 'url'))} não mostra o vídeo (resposta ${told(facts, 'status') || '?'}).`,
      remedy: () => 'Os links não vão abrir. Torne o bucket público nesse endereço, ou tire o endereço e use links temporários.',
    },
    'cors-missing': {
      cause: () => 'Nenhum site pode tocar os vídeos dentro das próprias páginas.',
      remedy: () => 'Os links abrem mesmo assim. Para tocar vídeos numa página, libere o endereço dela.',
    },
    'cors-hidden': {
      cause: () => 'Esta chave não pode ver quais sites podem tocar os vídeos.',
      remedy: () => 'Para enviar, isso não faz falta. Veja as regras de CORS no painel do provedor, ou cole as nossas lá.',
    },
    'lifecycle-missing': {
      cause: () => 'Nada limpa o que ninguém termina de enviar.',
      remedy: () => 'As partes ficam lá e são cobradas. Crie uma regra que as descarte depois de 7 dias.',
    },
    'lifecycle-hidden': {
      cause: () => 'Esta chave não pode ver se os envios inacabados são limpos.',
      remedy: () => 'Para enviar, isso não faz falta. Buckets novos do R2 já limpam depois de 7 dias; nos outros, veja no painel.',
    },
    'lifecycle-long': {
      cause: (facts, format) => `O que ninguém termina de enviar fica guardado por ${days(facts, format)}.`,
      remedy: () => 'As partes são cobradas o tempo todo. Sete dias bastam para retomar um envio.',
    },
    'not-listed': {
      cause: () => 'O destino não mostra uma parte que acabou de receber.',
      remedy: () => 'Envios interrompidos teriam de recomeçar. Mostre esta verificação a quem cuida do destino.',
    },
    'still-there': {
      cause: () => 'O arquivo de teste foi apagado e continua aparecendo.',
      remedy: (facts) =>
        `Nada do que você enviou foi afetado. Veja daqui a alguns minutos se ele sumiu; se não, apague-o à mão${inWords(told(facts, 'key'))}.`,
    },
    'space-low': {
      cause: (facts, format) => `Só há ${format.bytes(counted(facts, 'freeBytes') ?? 0)} livres.`,
      remedy: () => 'Libere espaço no disco ou envie os vídeos para outro destino.',
    },
    'over-quota': {
      cause: (facts, format) => `Os vídeos já ocupam tudo o que podem.${quota(facts, format)}`,
      remedy: () => 'Apague vídeos de que ninguém precisa ou aumente o limite na configuração do destino.',
    },
    'small-files-only': {
      cause: () => 'Este disco não aceita arquivos de 4 GB ou mais.',
      remedy: () => 'Vídeos menores vão bem. Para os maiores, use um disco com outro formato (exFAT, NTFS, APFS, ext4).',
    },
    slow: {
      cause: (facts, format) => `A conexão com o destino está lenta: ${speed(facts, format)}.`,
      remedy: () => 'Vídeos grandes vão demorar. Tente um cabo, outra rede ou outro horário.',
    },
    'other-region': {
      cause: (facts) => (told(facts, 'region') === '' ? 'O bucket fica em outra região.' : `O bucket fica em outra região: ${told(facts, 'region')}.`),
      remedy: () => 'Coloque a região certa na configuração do destino.',
    },
    incomplete: {
      cause: () => 'Falta alguma coisa na configuração.',
      remedy: () => 'Abra o destino e preencha o que falta.',
    },
  },
  misfits: {
    endpoint: {
      cause: () => 'O endpoint não combina: é de outra conta, ou tem o nome do bucket no meio.',
      remedy: () => 'Deixe o endpoint vazio, ou coloque o endereço sem o bucket.',
    },
    jurisdiction: {
      cause: () => 'O endpoint é de outra jurisdição, e não da que foi escolhida.',
      remedy: () => 'Deixe o endpoint vazio e escolha a jurisdição em que o bucket foi criado.',
    },
    region: {
      cause: () => 'A AWS não tem uma região com este nome.',
      remedy: () => 'Escreva a região como o painel da AWS a mostra, por exemplo sa-east-1.',
    },
  },
  skipped: 'Aqui não há o que verificar, ou outra coisa precisa funcionar antes.',
  permission: (name) => `A chave precisa da permissão “${name}”.`,
  verdicts: {
    healthy: 'Tudo de que os envios precisam funciona.',
    unhealthy: 'Alguma coisa não funciona.',
    stopped: 'A verificação foi interrompida.',
  },
  warnings: (count, formatted) => (count === 1 ? 'Uma coisa merece atenção.' : `${formatted} coisas merecem atenção.`),
  notCleanedUp: 'Um arquivo de teste, ou parte de um, pode ter ficado lá: o nome começa com “.remessa-check”.',
};

function inWords(name: string): string {
  return name === '' ? '' : ` (${name})`;
}

/** R2 and many other servers have one region with a name that says nothing. */
function isPlace(region: string): boolean {
  return region !== '' && region !== 'auto' && region !== 'default';
}

function quota(facts: Facts, format: Format): string {
  const [used, all] = [counted(facts, 'usedBytes'), counted(facts, 'quotaBytes')];
  return used === null || all === null ? '' : ` Os vídeos ocupam ${format.bytes(used)} de ${format.bytes(all)}.`;
}

function pages(facts: Facts, format: Format): string {
  const origins = told(facts, 'origins');
  if (origins === '' || origins.split(', ').includes('*')) return 'Páginas de qualquer site';
  const more = (counted(facts, 'count') ?? 0) - origins.split(', ').length;
  return more > 0 ? `Páginas de ${origins} e mais ${format.integer(more)}` : `Páginas de ${origins}`;
}

function speed(facts: Facts, format: Format): string {
  return format.speed(counted(facts, 'bytesPerSecond') ?? 0);
}

function roundTrip(facts: Facts, format: Format): string {
  const ms = counted(facts, 'roundTripMs');
  return ms === null ? '' : `, e ${format.integer(Math.max(1, ms))} ms até o servidor e de volta`;
}
