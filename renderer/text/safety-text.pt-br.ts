import type { SafetyText } from './safety-text.ts';

export const safetyTextPtBr: SafetyText = {
  tab: 'Segurança',
  hold: 'Guardar vídeos quando o destino está fora do ar',
  holdHelp: 'O Remessa faz uma cópia conferida e envia a partir dela quando o destino voltar, mesmo que o original suma.',
  holdNever: 'Nunca',
  holdAfter: (duration) => `Depois de ${duration}`,
  holdFolder: (folder) => `As cópias ficam em ${folder}`,
  remove: 'Arquivos deste computador depois do envio',
  removeHelp:
    'Vão para a lixeira, e só quando o vídeo foi enviado e conferido, o arquivo não mudou desde então e o link abre.',
  removeNever: 'Ficam onde estão',
  removeNeverHelp: 'O Remessa não mexe neles.',
  removeAtOnce: 'Vão logo para a lixeira',
  removeAfter: (duration) => `Vão para a lixeira depois de ${duration}`,
  suggested: 'sugerido',
  exportTitle: 'Exportar ajustes',
  exportHelp: 'Destinos e ajustes num arquivo, sem nenhuma chave: para outro computador ou para um colega.',
  exportIt: 'Exportar…',
  exported: (name) => `Ajustes salvos em ${name}`,
};
