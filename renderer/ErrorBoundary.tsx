import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { Button } from './ui/Button.tsx';

interface ErrorBoundaryProps {
  readonly title: string;
  readonly body: string;
  readonly reload: string;
  readonly children: ReactNode;
}

/** A mistake in the window's own code. Uploads run in another process, so reloading the window loses nothing. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    const { title, body, reload, children } = this.props;
    if (!this.state.isBroken) return children;
    return (
      <main className="broken">
        <h1 className="broken-title">{title}</h1>
        <p className="broken-body">{body}</p>
        <Button tone="accent" onPress={() => location.reload()}>
          {reload}
        </Button>
      </main>
    );
  }
}
