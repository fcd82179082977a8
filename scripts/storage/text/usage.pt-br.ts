import type { CommandText } from './command-text.ts';

const common = `  --lang IDIOMA     pt-BR ou en
  --json            um documento JSON em vez de linhas
  --help            este texto`;

const settings = `Configuração: USE_R2_STORAGE, R2_ACCOUNT_ID, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY, R2_BUCKET_NAME, R2_ENDPOINT_URL,
R2_PUBLIC_URL; ou USE_S3_STORAGE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_S3_BUCKET_NAME,
AWS_S3_REGION, e AWS_ENDPOINT_URL_S3 ou AWS_ENDPOINT_URL para um servidor que não é da AWS. Do ambiente ou, com
--env-file, só desse arquivo. O caminho até lá: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY e NO_PROXY.`;

export const usagePtBr: CommandText['usage'] = {
  check: `npm run storage:check -- [opções]
Experimenta tudo de que os envios e os links precisam. Um arquivo de teste e algumas partes são enviados e removidos.
  --env-file ARQ    a configuração está neste arquivo, e não no ambiente
  --disk PASTA      o destino é esta pasta
  --prefix P        as chaves começam assim
${common}

${settings}
Termina com 0 quando o destino está saudável, com 1 quando algo não funciona, com 2 quando não dá para dizer.
JSON: healthy, state, isCleanedUp, destination, checks (name, state, problem, error, permission, facts, said, remedy).`,

  cors: `npm run storage:cors -- [--origin URL …] [--apply] [opções]
Mostra que sites podem tocar os vídeos nas próprias páginas, e o que deixaria outros entrar: GET e HEAD, guardado por uma
hora. As regras se somam às que já existem, que nunca são trocadas.
  --origin URL      um site que vai tocar os vídeos, como https://www.escola.example; pode vir várias vezes
  --apply           acrescenta a regra; onde a chave não pode, sai o JSON para o painel
  --env-file ARQ    a configuração está neste arquivo, e não no ambiente
${common}

${settings}
Termina com 0 quando não falta nada ou a regra foi aplicada, com 1 quando falta algo, com 2 para uma chamada errada.
JSON: destination, isReadable, rules, origins, missing, proposed, applied (not-asked, nothing-to-do, applied, refused,
not-kept); as regras na forma que os painéis da Cloudflare e da AWS aceitam.`,

  unfinished: `npm run storage:unfinished -- [--remove --older-than DIAS] [opções]
Lista os envios que começaram e nunca terminaram, com idade, tamanho e custo. Não dá para ver daqui se um Remessa aberto,
neste ou em outro computador, ainda continua algum deles.
  --older-than DIAS só os que começaram há mais tempo; 0.5 são doze horas
  --remove          faz o destino esquecê-los; só junto com --older-than
  --env-file ARQ    a configuração está neste arquivo, e não no ambiente
  --disk PASTA      o destino é esta pasta
  --prefix P        só as chaves que começam assim
${common}

${settings}
Termina com 0 quando a lista foi lida e saiu o que era para sair, com 1 quando o destino recusou algo, com 2 para uma
chamada errada.
JSON: destination, uploads (key, uploadId, initiatedAt, ageDays, bytes, parts, monthlyUsd, isRemoved), total, younger,
removed, knowsRunningUploads (sempre false).`,

  migrate: `npm run storage:migrate -- ORIGEM [DESTINO] [--run] [opções]
Leva vídeos que já existem para um destino. Sem --run só diz o que seria feito. O que já está lá não é enviado de novo;
uma execução interrompida continua quando a mesma chamada é feita outra vez.
Origem, uma destas:
  --from PASTA      arquivos MP4 numa pasta e nas pastas dentro dela
  --from-env ARQ    o bucket cuja configuração está neste arquivo; --from-prefix P: só as chaves que começam assim
  --from-disk PASTA uma pasta que já é um destino; as chaves ficam como estão
Destino, um destes (senão o ambiente):
  --to-env ARQ      o bucket cuja configuração está neste arquivo (--env-file é o mesmo)
  --to-disk PASTA   uma pasta; a execução faz dela um destino
Opções:
  --run             envia
  --prefix P        as chaves no destino começam assim
  --template T      como se fazem as chaves de arquivos: {id} {name} {slug} {yyyy} {mm} {ulid}; videos/video_{id}.mp4
  --ids MAPA.csv    uma tabela com as colunas path e id ou key, para nomes sem id
  --on-different R  o que acontece com uma chave que tem outro vídeo: skip (ele fica), replace, rename (o nosso ganha número)
  --map SAIDA.csv   escreve a tabela id,path,key,url,status
  --state PASTA     onde fica a memória de uma execução interrompida a partir de uma pasta; ~/.remessa/migrations/…
${common}

${settings}
Termina com 0 quando todos os vídeos estão no destino, com 1 quando sobra algo (novo, diferente, sem comparação, não é
vídeo, falhou), com 2 para uma chamada errada, com 130 depois de Ctrl+C.
JSON: source, target, isRun, onDifferent, phase (planned, done, failed, interrupted), counts (videos e bytes de cada um
de new, same, different, unsure, invalid, sent, skipped, failed), left, sentBytes, seconds, cost (monthlyUsd, readingUsd,
pricesAsOf), troubles (path, key, size, status, error; no máximo 200), map, state, error.`,
};
