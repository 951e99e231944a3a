// The answer to gnomon/bindings, as the rows of a tree. Knows nothing of VS Code.

export interface Place {
  line: number;
  character: number;
}

export interface Location {
  uri: string;
  range: { start: Place; end: Place };
}

export interface BoundFunction {
  python: string;
  native: string;
  kind: string;
  signature: string;
  truth: string;
  location: Location | null;
  callers: { location: Location; text: string }[];
}

export interface Boundary {
  libraries: { name: string; kind: string; functions: BoundFunction[] }[];
}

export interface Row {
  id: string;
  label: string;
  description: string;
  tooltip: string;
  icon: string;
  location?: Location;
  children: Row[];
}

export function rows(boundary: Boundary): Row[] {
  return boundary.libraries.map(({ name, kind, functions }) => {
    const label = name || "(unnamed)";
    const id = `${kind}:${name}`;
    return {
      id,
      label,
      description: kind,
      tooltip: `${label}: ${functions.length} name${functions.length === 1 ? "" : "s"} in Python`,
      icon: kind === "ctypes" ? "library" : "package",
      children: distinct(functions.map((bound) => functionRow(id, name, bound))),
    };
  });
}

function functionRow(parent: string, library: string, bound: BoundFunction): Row {
  const id = `${parent}/${bound.kind}:${bound.python}:${bound.native}`;
  const callers = bound.callers.length;
  const isBare = bound.location === null && bound.signature === "";
  return {
    id,
    label: bound.kind === "ctypes" ? bound.native : bound.python.replace(`${library}.`, ""),
    description: isBare ? "no source" : callers === 0 ? "" : `${callers} use${callers === 1 ? "" : "s"}`,
    tooltip: [bound.signature, `${bound.python} (${bound.kind})`].filter((line) => line !== "").join("\n"),
    icon: bound.kind === "type" ? "symbol-class" : bound.kind === "member" ? "symbol-field" : "symbol-method",
    ...(bound.location === null ? {} : { location: bound.location }),
    children: distinct(bound.callers.map((caller) => callerRow(id, caller))),
  };
}

function callerRow(parent: string, { location, text }: { location: Location; text: string }): Row {
  const { line, character } = location.range.start;
  const file = decodeURIComponent(location.uri.slice(location.uri.lastIndexOf("/") + 1));
  return {
    id: `${parent}/${location.uri}:${line}:${character}`,
    label: text,
    description: `${file}:${line + 1}`,
    tooltip: text,
    icon: "symbol-reference",
    location,
    children: [],
  };
}

// VS Code refuses a tree in which two rows have one id.
function distinct(listed: Row[]): Row[] {
  return [...new Map(listed.map((row) => [row.id, row])).values()];
}
