import type { DestinationInfo } from '../../shared/settings.ts';

/** One destination of each kind, as somebody has them after a year. */
export const practice: DestinationInfo = {
  destination: { id: 'd-practice', kind: 'practice', name: 'Bucket de treino' },
  credentials: 'not-needed',
  accessKeyIdHint: null,
};

export const r2: DestinationInfo = {
  destination: {
    id: 'd-r2',
    kind: 'r2',
    name: 'ensinalab-videos',
    accountId: '0123456789abcdef0123456789abcdef',
    jurisdiction: 'default',
    bucket: 'ensinalab-videos',
    prefix: '',
    endpoint: null,
    publicBaseUrl: 'https://videos.ensinalab.com.br',
  },
  credentials: 'keychain',
  accessKeyIdHint: '9f2c',
};

export const s3: DestinationInfo = {
  destination: {
    id: 'd-s3',
    kind: 's3',
    name: 'Arquivo na AWS',
    region: 'sa-east-1',
    bucket: 'ensinalab-arquivo',
    prefix: 'aulas/',
    endpoint: null,
    publicBaseUrl: null,
  },
  credentials: 'keychain',
  accessKeyIdHint: 'Q7XA',
};

export const keyless: DestinationInfo = {
  destination: {
    id: 'd-minio',
    kind: 's3',
    name: 'Servidor da escola',
    region: 'us-east-1',
    bucket: 'aulas',
    prefix: '',
    endpoint: 'https://minio.escola.example.com',
    publicBaseUrl: null,
  },
  credentials: 'missing',
  accessKeyIdHint: null,
};

export const disk: DestinationInfo = {
  destination: {
    id: 'd-disk',
    kind: 'disk',
    name: 'HD da sala de aula',
    folder: '/media/ana/HD-Aulas/Remessa',
    volumeId: 'vol-1',
    quotaGB: 500,
    publicBaseUrl: null,
  },
  credentials: 'not-needed',
  accessKeyIdHint: null,
};
