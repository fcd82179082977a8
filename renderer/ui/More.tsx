import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

interface MoreProps {
  readonly title: string;
  /** Something inside has to be seen. */
  readonly isForcedOpen?: boolean;
  /** Of its heading, below those around it. */
  readonly level?: 2 | 3;
  readonly children: ReactNode;
}

/** Fields that most people never need, behind one line. */
export function More({ title, isForcedOpen = false, level = 3, children }: MoreProps) {
  return (
    <Disclosure className="more" {...(isForcedOpen ? { isExpanded: true } : {})}>
      <Heading level={level} className="more-head">
        <Button slot="trigger" className="more-button">
          <ChevronRight className="icon more-chevron" aria-hidden />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="more-panel">
        <div className="form-fields">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  );
}
