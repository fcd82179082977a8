import { Cloud, Database, FlaskConical, HardDrive } from 'lucide-react';
import type { Destination } from '../../shared/settings.ts';
import './settings.css';

const icons = { r2: Cloud, s3: Database, disk: HardDrive, practice: FlaskConical } as const;

export function DestinationIcon({ kind }: { readonly kind: Destination['kind'] }) {
  const Icon = icons[kind];
  return (
    <span className="destination-icon" data-kind={kind} aria-hidden>
      <Icon className="icon" />
    </span>
  );
}
