"use client";
import "@xyflow/react/dist/base.css";
import {
  Background,
  type Connection,
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { Film, Filter } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { StepKind } from "#domain/operations/operation.ts";
import { classes } from "../../../_ui/classes.ts";
import { KindIcon } from "../../templates/_components/kind.tsx";
import { useConditionWords } from "../_components/use-condition-words.ts";
import type { StepDraft } from "../procedure-draft.ts";
import { connected, graphOf, layoutOf, MEDIA, stepsOf } from "./graph.ts";

interface GraphAreaProps {
  steps: readonly StepDraft[];
  nameOf: (step: StepDraft) => string;
  /** Without it the graph is to be looked at only. */
  onChange?: (steps: StepDraft[]) => void;
  selected?: number | null;
  onSelect?: (key: number | null) => void;
}

type MediaNode = Node<{ label: string }, "media">;
type GateNode = Node<{ label: string; text: string }, "gate">;
type StepNode = Node<{ operation: StepKind; name: string; kind: string }, "step">;

const STEP_PREFIX = "step ";
const NODE = "w-46 rounded-lg border bg-raised px-3 py-2 text-xs shadow-raised";
const NODE_TYPES = { media: MediaBox, gate: GateBox, step: StepBox };

/** From the media through conditions to what is done. A step led to from elsewhere is done when that holds. */
export function GraphArea({ steps, nameOf, onChange, selected = null, onSelect }: GraphAreaProps) {
  const t = useTranslations("procedures.graph");
  const kinds = useTranslations("kinds");
  const wordsOf = useConditionWords();
  const graph = useMemo(() => graphOf(steps), [steps]);
  const layout = useMemo(() => layoutOf(graph), [graph]);
  const nodes: (MediaNode | GateNode | StepNode)[] = [
    { id: MEDIA, type: "media", position: layout.media, data: { label: t("media") }, selectable: false },
    ...graph.gates.map(
      ({ id, when }): GateNode => ({
        ...{ id, type: "gate", position: layout.gates.get(id) ?? layout.media, selectable: false },
        data: { label: t("gate"), text: wordsOf(when) },
      }),
    ),
    ...steps.map(
      (step): StepNode => ({
        ...{ id: `${STEP_PREFIX}${step.key}`, type: "step", position: layout.steps.get(step.key) ?? layout.media },
        selected: step.key === selected,
        ariaLabel: `${kinds(step.operation)}: ${nameOf(step)}`,
        data: { operation: step.operation, name: nameOf(step), kind: kinds(step.operation) },
      }),
    ),
  ];
  const edges: Edge[] = [
    ...graph.gates.map(({ id }) => ({ id: `${MEDIA}-${id}`, source: MEDIA, target: id, deletable: false })),
    ...graph.edges.map(({ from, to }) => ({ id: `to ${to}`, source: from, target: `${STEP_PREFIX}${to}` })),
  ].map((edge) => ({ ...edge, style: { stroke: "var(--line-control)" } }));

  function connect({ source, target }: Connection): void {
    if (onChange === undefined || !target.startsWith(STEP_PREFIX)) return;
    onChange(stepsOf(connected(graph, source, Number(target.slice(STEP_PREFIX.length)))));
  }
  return (
    <div className="h-[28rem] overflow-hidden rounded-lg border border-line bg-sunken/40">
      <ReactFlow
        key={`${graph.gates.length} ${steps.length}`}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={onChange !== undefined}
        edgesFocusable={false}
        deleteKeyCode={null}
        onConnect={connect}
        onNodeClick={(_, { id }) => {
          if (id.startsWith(STEP_PREFIX)) onSelect?.(Number(id.slice(STEP_PREFIX.length)));
        }}
        onSelectionChange={({ nodes: [node] }) => {
          if (node?.id.startsWith(STEP_PREFIX)) onSelect?.(Number(node.id.slice(STEP_PREFIX.length)));
        }}
        onPaneClick={() => onSelect?.(null)}
        ariaLabelConfig={{
          "node.a11yDescription.default": t("keys"),
          "node.a11yDescription.keyboardDisabled": t("keys"),
          "controls.zoomIn.ariaLabel": t("zoomIn"),
          "controls.zoomOut.ariaLabel": t("zoomOut"),
          "controls.fitView.ariaLabel": t("fit"),
        }}
        proOptions={{ hideAttribution: true }}
      >
        <Background color="var(--line)" gap={20} />
        <Controls
          showInteractive={false}
          className="overflow-hidden rounded-md border border-line bg-raised [&_button]:block [&_button]:size-7 [&_button]:p-1.5 [&_svg]:fill-current"
        />
      </ReactFlow>
    </div>
  );
}

const HANDLE = "size-2! border! border-line-control! bg-raised!";

function MediaBox({ data }: NodeProps<MediaNode>) {
  return (
    <div className={classes(NODE, "flex items-center gap-2 border-line font-medium")}>
      <Film className="size-4 text-muted" aria-hidden />
      {data.label}
      <Handle type="source" position={Position.Right} className={HANDLE} />
    </div>
  );
}

function GateBox({ data }: NodeProps<GateNode>) {
  return (
    <div className={classes(NODE, "border-warning/50")}>
      <Handle type="target" position={Position.Left} className={HANDLE} isConnectable={false} />
      <p className="flex items-center gap-1.5 font-medium text-warning-text">
        <Filter className="size-3.5" aria-hidden />
        {data.label}
      </p>
      <p className="mt-0.5 line-clamp-3">{data.text}</p>
      <Handle type="source" position={Position.Right} className={HANDLE} />
    </div>
  );
}

function StepBox({ data, selected }: NodeProps<StepNode>) {
  return (
    <div className={classes(NODE, "flex items-center gap-2", selected ? "border-accent" : "border-line")}>
      <Handle type="target" position={Position.Left} className={HANDLE} />
      <KindIcon kind={data.operation} className="shrink-0 text-muted" />
      <span className="min-w-0">
        <span className="block truncate text-ui font-medium">{data.name}</span>
        <span className="block truncate text-faint">{data.kind}</span>
      </span>
    </div>
  );
}
