import { configure } from '@testing-library/react';

// A test waits for what it expects and ends with it: a busy machine may take its time, and only a failure takes longer.
configure({ asyncUtilTimeout: 10_000 });
