import type { Command, CommandOutput, Plan } from "../plan.ts";

/**
 * What plans of one reading do together: their commands as one, which decodes the source once and hands each frame to
 * every output. Outputs keep their options word for word, so each is made of the same frames in the same way as alone. (One
 * filter graph, each size scaled from the next larger one, would save another twentieth of the processor time; but then
 * what a rendition looks like would depend on its neighbours.)
 */
export function mergePlans(plans: readonly Plan[]): Plan {
  const commands = plans.flatMap((plan) => plan.commands);
  return {
    prepared: plans.flatMap(({ prepared = [] }) => prepared),
    commands: plans.length > 1 ? [commands.reduce(mergeCommands)] : commands,
    ...{ files: [], outputs: [], setsCover: false },
  };
}

/** What of a merged plan is left for itself: the files it writes after its commands, and the outputs it promised. */
export function afterMerge(plan: Plan): Plan {
  return { ...plan, prepared: [], commands: [] };
}

function mergeCommands(one: Command, other: Command): Command {
  return { ...one, outputs: [...one.outputs, ...other.outputs.filter((output) => !isToldAlready(output, one))] };
}

/** Some copy the packets to nowhere, to tell how far they have read. Once is enough. */
function isToldAlready({ path, options }: CommandOutput, { outputs }: Command): boolean {
  return outputs.some((output) => path === "-" && output.path === "-" && `${output.options}` === `${options}`);
}
