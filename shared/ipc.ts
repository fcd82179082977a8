import { z } from 'zod';
import { migrationRequestSchema } from './migration.ts';
import { credentialsSchema, destinationDraftSchema, preferencesSchema } from './settings.ts';
import { conflictRules } from './upload.ts';

/**
 * THE CONTRACT between window and main process. One line per request: its name, the types of its arguments and their
 * run-time check. `electron/ipc/register.ts` is a loop over it, so no unchecked channel can exist.
 */
const id = z.string().min(1).max(64);
/** The bridge sends longer lists in several messages. */
const ids = z.array(id).min(1).max(10_000);
/** Links are one text on the clipboard, so they come in one message. */
const linkedIds = z.array(id).min(1).max(100_000);
/** Paths come from preload (dropped files) only; the page itself can hand over Files, never strings. */
const paths = z.array(z.string().min(1).max(32_768)).min(1).max(10_000);

const key = z.string().max(4096);
/** Where files go, and whether they wait for a person's word. Without destinations: where everything goes. */
const addOptions = z.object({ destinationIds: z.array(id).min(1).max(2).nullable(), waits: z.boolean() });
export type AddOptions = z.infer<typeof addOptions>;
/** A form as it is tried or saved. `importId`: its key is one that was found elsewhere and never came to the window. */
const filledForm = z.object({
  id: id.nullable(),
  draft: destinationDraftSchema,
  credentials: credentialsSchema.nullable(),
  importId: id.nullable(),
});
export type FilledForm = z.infer<typeof filledForm>;

export const requests = {
  'uploads:get': z.tuple([]),
  'uploads:add': z.tuple([paths, addOptions]),
  'uploads:choose': z.tuple([z.enum(['files', 'folder']), addOptions]),
  'uploads:pause': z.tuple([ids]),
  'uploads:resume': z.tuple([ids]),
  'uploads:retry': z.tuple([ids]),
  'uploads:cancel': z.tuple([ids]),
  'uploads:remove': z.tuple([ids]),
  'uploads:move': z.tuple([id, z.enum(['up', 'down', 'first'])]),
  'uploads:set-key': z.tuple([id, key]),
  'uploads:set-video-id': z.tuple([id, z.string().max(300)]),
  'uploads:settle-conflict': z.tuple([ids, z.enum(conflictRules).exclude(['ask'])]),
  'uploads:send-to': z.tuple([ids, id]),
  'uploads:delete-local': z.tuple([id]),
  /** In the system's file manager. Rejects with `not-supported` for what is not on a disk. */
  'uploads:show-object': z.tuple([id]),
  'uploads:restart': z.tuple([id]),
  'uploads:locate': z.tuple([id]),
  'uploads:copy-links': z.tuple([linkedIds]),
  'receipts:get': z.tuple([id]),
  'receipts:check': z.tuple([id]),
  'receipts:show-file': z.tuple([id]),
  'settings:get': z.tuple([]),
  'settings:save-preferences': z.tuple([preferencesSchema.partial()]),
  'settings:export': z.tuple([]),
  'key-map:choose': z.tuple([]),
  'key-map:forget': z.tuple([]),
  'destinations:test': z.tuple([filledForm]),
  'destinations:save': z.tuple([filledForm.extend({ keep: z.enum(['keychain', 'session']) })]),
  'destinations:rename': z.tuple([id, z.string().trim().min(1).max(80)]),
  'destinations:use': z.tuple([id]),
  'destinations:copy-to': z.tuple([id.nullable()]),
  /** `pending`: what becomes of uploads that are not there yet. `forget` leaves what the server has of them. */
  'destinations:remove': z.tuple([
    id,
    z.discriminatedUnion('pending', [
      z.object({ pending: z.enum(['none', 'cancel', 'forget']) }),
      z.object({ pending: z.literal('move'), to: id }),
    ]),
  ]),
  'destinations:retry': z.tuple([id]),
  'destinations:choose-folder': z.tuple([]),
  'destinations:add-this-computer': z.tuple([z.string().trim().min(1).max(80)]),
  'imports:find': z.tuple([]),
  'imports:choose-file': z.tuple([]),
  'objects:look': z.tuple([id, key]),
  'objects:delete': z.tuple([id, key]),
  'doctor:run': z.tuple([id]),
  'doctor:stop': z.tuple([]),
  'cors:read': z.tuple([id]),
  'cors:let-in': z.tuple([id, z.array(z.string().max(300)).min(1).max(50)]),
  'lifecycle:add-rule': z.tuple([id]),
  'unfinished:list': z.tuple([id]),
  'unfinished:remove': z.tuple([id, ids]),
  'usage:get': z.tuple([]),
  'usage:count': z.tuple([id]),
  'migration:get': z.tuple([]),
  'migration:choose-folder': z.tuple([]),
  'migration:plan': z.tuple([migrationRequestSchema]),
  'migration:run': z.tuple([]),
  'migration:stop': z.tuple([]),
  'migration:save-map': z.tuple([]),
  'practice:usage': z.tuple([]),
  'practice:empty': z.tuple([]),
  'quit:answer': z.tuple([z.enum(['quit', 'stay'])]),
  'details:copy': z.tuple([z.string().max(4_000_000)]),
} as const;

export type Channel = keyof typeof requests;
export type Arguments<C extends Channel> = z.infer<(typeof requests)[C]>;
