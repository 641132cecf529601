/** The four actions that every kind of template has, made of what its kind knows: its fields, and both directions. */
import { z } from "zod";
import type { Failure } from "#domain/error.ts";
import { fieldErrorsOf } from "#domain/form.ts";
import { ok, type Result } from "#domain/result.ts";
import { familyOf, type Template, type TemplateFamily, template } from "#domain/template.ts";
import { inTransaction } from "../../db/transaction.ts";
import { insertTemplate } from "../../templates/create-template.ts";
import { deleteTemplate } from "../../templates/delete-template.ts";
import { getTemplate, listTemplates } from "../../templates/list-templates.ts";
import { lockTemplates } from "../../templates/lock-templates.ts";
import type { ListedTemplate } from "../../templates/template-row.ts";
import { updateTemplate } from "../../templates/update-template.ts";
import { type Action, action } from "../action.ts";
import type { VodContext } from "../context.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { refuseValue } from "../refuse-field.ts";
import { isoTime } from "../time.ts";

/** What templates of every kind are called. */
export const nameFields = { Name: z.string().max(64).optional(), Comment: z.string().max(256).optional() };
const names = z.object(nameFields);

/** Parameters before they are checked as a whole; `also` is what the answer shows beside the number. */
export interface TemplateInput {
  kind: Template["kind"];
  params: object;
  also?: object;
}

type Built = Result<TemplateInput, Failure | Refusal>;

export interface TemplateKind<Create extends z.ZodObject, Change extends z.ZodObject, Filter extends z.ZodObject> {
  /** In the names of its actions: `CreateTranscodeTemplate`. */
  name: string;
  family: TemplateFamily;
  /** Custom templates of one application. */
  countMax: number;
  create: Create;
  build: (input: z.output<Create>, ctx: VodContext) => Promise<Built> | Built;
  change: Change;
  /** Partial: what is not named stays as it is. */
  rebuild: (input: z.output<Change>, current: Template, ctx: VodContext) => Promise<Built> | Built;
  /** Beside those that every kind has. */
  filter: Filter;
  matches: (template: ListedTemplate, filter: z.output<Filter>) => boolean;
  /** Without name, comment and times. */
  show: (templates: readonly ListedTemplate[], ctx: VodContext) => Promise<object[]> | object[];
  /** The wire's names of parameters of ours, by their path without indices. */
  fields: Readonly<Record<string, string>>;
}

const CHANGE_TRIES = 3;

export function templateActions<Create extends z.ZodObject, Change extends z.ZodObject, Filter extends z.ZodObject>(
  kind: TemplateKind<Create, Change, Filter>,
): Action[] {
  const { name, family } = kind;
  return [
    action({
      name: `Create${name}Template`,
      request: kind.create,
      handle: async (ctx, input) => {
        const built = await kind.build(input, ctx);
        const parsed = built.ok ? parseTemplate(built.value, kind.fields) : built;
        if (!parsed.ok) return parsed;
        const created = await createWithinQuota(ctx, kind, parsed.value, input);
        return created.ok ? ok({ ...created.value, ...(built.ok ? built.value.also : {}) }) : created;
      },
    }),
    action({
      name: `Modify${name}Template`,
      request: z.object({ ...kind.change.shape, Definition: z.int() }),
      handle: async (ctx, input) => {
        for (let tries = 1; ; tries++) {
          const changed = await changeTemplate(ctx, kind, kind.change.parse(input), z.int().parse(input.Definition));
          // Somebody else saved a version since it was read: what they did not name stays as they left it.
          const again = !changed.ok && "code" in changed.failure && changed.failure.code === "STATE_MOVED";
          if (!again || tries === CHANGE_TRIES) return changed;
        }
      },
    }),
    action({
      name: `Delete${name}Template`,
      request: z.object({ Definition: z.int() }),
      codes: {
        PRESET_READ_ONLY: "InvalidParameterValue.DeleteDefaultTemplate",
        TEMPLATE_NOT_FOUND: "InvalidParameterValue.Definition",
      },
      handle: async ({ db, applicationId }, { Definition }) => {
        const deleted = await deleteTemplate(db, applicationId, family, Definition);
        return deleted.ok ? ok({}) : deleted;
      },
    }),
    action({
      name: `Describe${name}Templates`,
      request: z.object({
        Definitions: z.array(z.int()).max(100).optional(),
        Offset: z.int().min(0).default(0),
        Limit: z.int().min(1).max(100).default(10),
        ...kind.filter.shape,
      }),
      handle: async (ctx, input) => {
        const { Definitions, Offset, Limit } = paging.parse(input);
        const filter = kind.filter.parse(input);
        const known = await listTemplates(ctx.db, ctx.applicationId, {});
        const found = known.filter(
          (one) =>
            familyOf(one.kind) === family &&
            (Definitions === undefined || Definitions.length === 0 || Definitions.includes(one.definition)) &&
            kind.matches(one, filter),
        );
        const page = found.slice(Offset, Offset + Limit);
        const shown = await kind.show(page, ctx);
        const set = page.map((one, index) => ({ ...headOf(one), ...shown[index], ...timesOf(one) }));
        return ok({ TotalCount: found.length, [`${name}TemplateSet`]: set });
      },
    }),
  ];
}

const paging = z.object({ Definitions: z.array(z.int()).optional(), Offset: z.int(), Limit: z.int() });

/** `Type` of a list. */
export const presetFilter = z.object({ Type: z.enum(["Preset", "Custom"]).optional() });

export function matchesPreset({ preset }: ListedTemplate, { Type }: z.output<typeof presetFilter>): boolean {
  return Type === undefined || (Type === "Preset") === preset;
}

function headOf({ definition, preset, name, comment }: ListedTemplate) {
  return {
    Definition: definition,
    Type: preset ? "Preset" : "Custom",
    Name: name,
    // The comments of presets are keys of texts in the reader's language.
    Comment: preset ? "" : comment,
  };
}

function timesOf({ createdAt, updatedAt }: ListedTemplate) {
  return { CreateTime: isoTime(createdAt), UpdateTime: isoTime(updatedAt) };
}

interface Kind {
  name: string;
  family: TemplateFamily;
  countMax: number;
  fields: Readonly<Record<string, string>>;
}

async function createWithinQuota(ctx: VodContext, kind: Kind, parsed: Template, input: object) {
  const { applicationId } = ctx;
  // A list has to show something to choose it by.
  const { Name = kind.name, Comment = "" } = names.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    await lockTemplates(tx, applicationId);
    const count = await tx.template.count({ where: { applicationId, family: kind.family, deletedAt: null } });
    if (count >= kind.countMax)
      return refuse("LimitExceeded.TooMuchTemplate", `There are ${kind.countMax} templates of this kind already.`);
    const said = { name: Name || kind.name, comment: Comment };
    const created = await insertTemplate(tx, { applicationId, template: parsed, ...said, createdById: null });
    return ok({ Definition: created.definition });
  });
}

async function changeTemplate<Change extends z.ZodObject>(
  ctx: VodContext,
  kind: Kind & Pick<TemplateKind<z.ZodObject, Change, z.ZodObject>, "rebuild">,
  input: z.output<Change>,
  definition: number,
): Promise<Result<object, Failure | Refusal>> {
  const { db, applicationId } = ctx;
  const current = await getTemplate(db, applicationId, kind.family, definition);
  if (!current.ok) return current;
  if (current.value.preset) return refuse("InvalidParameterValue.ModifyDefaultTemplate", "Presets cannot be changed.");
  const built = await kind.rebuild(input, current.value, ctx);
  if (!built.ok) return built;
  const parsed = parseTemplate(built.value, kind.fields);
  if (!parsed.ok) return parsed;
  const { Name, Comment } = names.parse(input);
  const saved = await updateTemplate(db, {
    ...{ applicationId, family: kind.family, definition, version: current.value.version, savedById: null },
    ...{ template: parsed.value, name: Name || undefined, comment: Comment },
  });
  return saved.ok ? ok(built.value.also ?? {}) : saved;
}

function parseTemplate(input: TemplateInput, fields: Readonly<Record<string, string>>): Result<Template, Refusal> {
  const parsed = template.safeParse({ kind: input.kind, params: input.params });
  if (parsed.success) return ok(parsed.data);
  const [wrong] = fieldErrorsOf(parsed.error);
  const path = (wrong?.path ?? "").split(".").filter((part) => part !== "params" && !/^\d+$/.test(part));
  return refuseValue(fields[path.join(".")] ?? path.join("."), sentenceOf(wrong?.message ?? ""));
}

/** The keys of our messages are words run together: `codecNotInContainer`. */
function sentenceOf(key: string): string {
  return `${key.replace(/[A-Z0-9]+/g, (word) => ` ${word.toLowerCase()}`)}.`;
}
