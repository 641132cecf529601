/** Categories, which the wire calls classes. The top level has no parent, which is written as -1. */
import { z } from "zod";
import { createCategory } from "../../categories/create-category.ts";
import { deleteCategory } from "../../categories/delete-category.ts";
import { listCategories } from "../../categories/list-categories.ts";
import { renameCategory } from "../../categories/rename-category.ts";
import { categoryName, pathOf } from "../../domain/category.ts";
import { ok } from "../../domain/result.ts";
import { type Action, action } from "../action.ts";

const TOP = -1;

const createClass = action({
  name: "CreateClass",
  request: z.object({ ParentId: z.int().min(TOP), ClassName: categoryName }),
  codes: { CATEGORY_NOT_FOUND: "FailedOperation.ParentIdNoFound" },
  handle: async ({ db, applicationId }, { ParentId, ClassName: name }) => {
    const created = await createCategory(db, { applicationId, parentId: ParentId === TOP ? null : ParentId, name });
    return created.ok ? ok({ ClassId: created.value.id }) : created;
  },
});

const describeAllClass = action({
  name: "DescribeAllClass",
  request: z.object({}),
  handle: async ({ db, applicationId }) => {
    const categories = await listCategories(db, applicationId);
    const byId = new Map(categories.map((one) => [one.id, one]));
    const ClassInfoSet = categories.map(({ id, parentId, name }) => ({
      ...{ ClassId: id, ParentId: parentId ?? TOP, Name: name, ClassName: name },
      Level: pathOf(byId, id).length - 1,
      SubClassIdSet: categories.flatMap((one) => (one.parentId === id ? one.id : [])),
    }));
    return ok({ ClassInfoSet });
  },
});

const modifyClass = action({
  name: "ModifyClass",
  request: z.object({ ClassId: z.int(), ClassName: categoryName }),
  handle: async ({ db, applicationId }, { ClassId: id, ClassName: name }) => {
    const renamed = await renameCategory(db, { applicationId, id, name });
    return renamed.ok ? ok({}) : renamed;
  },
});

const deleteClass = action({
  name: "DeleteClass",
  request: z.object({ ClassId: z.int() }),
  handle: async ({ db, applicationId }, { ClassId: id }) => {
    const deleted = await deleteCategory(db, { applicationId, id });
    return deleted.ok ? ok({}) : deleted;
  },
});

export const classActions: readonly Action[] = [createClass, describeAllClass, modifyClass, deleteClass];
