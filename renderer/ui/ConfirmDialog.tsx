import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './Button.tsx';
import './overlays.css';

export interface Question {
  readonly title: string;
  readonly body: string;
  readonly yes: string;
  /** Null: there is nothing to decide, only something to know. */
  readonly no: string | null;
  /** True where a yes cannot be taken back: the button is red, and the safe answer has the focus. */
  readonly isDanger: boolean;
}

interface ConfirmDialogProps {
  readonly question: Question;
  readonly onAnswer: (yes: boolean) => void;
}

/** A question that stops everything else: one safe answer, one that acts. Esc is the safe one. */
export function ConfirmDialog({ question, onAnswer }: ConfirmDialogProps) {
  return (
    <ModalOverlay className="modal-overlay" isOpen onOpenChange={(isOpen) => !isOpen && onAnswer(false)}>
      <Modal className="modal modal-question">
        <AriaDialog role="alertdialog" className="question">
          <Heading slot="title" className="question-title">
            {question.title}
          </Heading>
          <p className="question-body">{question.body}</p>
          <footer className="question-buttons">
            {question.no !== null && (
              <Button autoFocus={question.isDanger} onPress={() => onAnswer(false)}>
                {question.no}
              </Button>
            )}
            <Button
              tone={question.isDanger ? 'danger' : 'accent'}
              autoFocus={!question.isDanger}
              onPress={() => onAnswer(true)}
            >
              {question.yes}
            </Button>
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
