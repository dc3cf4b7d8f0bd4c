/** Draws openapi.json and lets people try what it describes; text only, nothing from elsewhere. */

const METHODS = ["get", "post", "put", "delete"];

/** Make an element; children are elements or text, never markup. */
function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Follow a `$ref` inside the description. */
function followed(api, part) {
  if (!part?.$ref) return part;
  return part.$ref
    .slice(2)
    .split("/")
    .reduce((found, key) => found[key], api);
}

/** Return the schema of a body, past the `null` that an optional one allows. */
function schemaOf(api, content) {
  const schema = content?.schema ?? {};
  return followed(api, schema.$ref ? schema : (schema.anyOf?.find((one) => one.$ref) ?? schema));
}

/** Return the example that the description gives of a body. */
function exampleOf(api, content) {
  return content?.example ?? schemaOf(api, content)?.examples?.[0];
}

function pretty(value) {
  return JSON.stringify(value, null, 2);
}

function drawResponse(api, status, response) {
  const drawn = make("div", {}, make("h3", {}, `${status} · ${response.description}`));
  for (const content of Object.values(response.content ?? {})) {
    const examples = Object.values(content.examples ?? {}).map((one) => followed(api, one).value);
    const shown = examples.length ? examples : [exampleOf(api, content)];
    for (const example of shown.filter((one) => one !== undefined)) {
      drawn.append(make("pre", { tabIndex: 0 }, pretty(example)));
    }
  }
  return drawn;
}

function drawField(parameter, id) {
  const about = parameter.description ? ` · ${parameter.description}` : "";
  const needed = parameter.required ? "" : " (optional)";
  return [
    make("label", { htmlFor: id }, `${parameter.name}${needed}${about}`),
    make("input", { id, name: parameter.name, autocomplete: "off" }),
  ];
}

/** Return the request that a form asks for. */
function requestOf(operation, form) {
  let path = operation.path;
  const query = new URLSearchParams();
  const headers = new Headers();
  for (const parameter of operation.parameters) {
    const { value } = form.elements.namedItem(parameter.name);
    if (parameter.in === "path") {
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    } else if (value && parameter.in === "query") query.set(parameter.name, value);
    else if (value && parameter.in === "header") headers.set(parameter.name, value);
  }
  const token = document.getElementById("token").value.trim();
  if (token && operation.security) headers.set("Authorization", `Bearer ${token}`);
  const field = form.elements.namedItem("body");
  const body = field?.type === "file" ? field.files[0] : field?.value || undefined;
  if (field?.type === "textarea" && body) headers.set("Content-Type", "application/json");
  const asked = query.size ? `${path}?${query}` : path;
  return [asked, { method: operation.method.toUpperCase(), headers, body }];
}

async function send(operation, form, shown) {
  shown.className = "";
  shown.textContent = "…";
  try {
    const answer = await fetch(...requestOf(operation, form));
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json");
    shown.className = answer.ok ? "" : "failed";
    shown.textContent = `${answer.status}\n${isJson ? pretty(JSON.parse(text)) : text}`;
  } catch (error) {
    shown.className = "failed";
    shown.textContent = String(error);
  }
}

function drawForm(api, operation) {
  const shown = make("pre", { tabIndex: 0 });
  shown.setAttribute("aria-live", "polite");
  const form = make("form", {});
  for (const parameter of operation.parameters) {
    form.append(...drawField(parameter, `${operation.operationId}-${parameter.name}`));
  }
  const [kind, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const id = `${operation.operationId}-body`;
  if (kind === "application/json") {
    const example = pretty(exampleOf(api, content) ?? {});
    form.append(
      make("label", { htmlFor: id }, "Body"),
      make("textarea", { id, name: "body", rows: example.split("\n").length + 1, value: example }),
    );
  } else if (kind) {
    form.append(make("label", { htmlFor: id }, "File"), make("input", { id, name: "body", type: "file" }));
  }
  form.append(make("button", {}, "Try it"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(operation, form, shown);
  });
  return [form, shown];
}

function drawOperation(api, operation) {
  const drawn = make(
    "details",
    { id: operation.operationId },
    make(
      "summary",
      {},
      make("span", { className: "method" }, operation.method.toUpperCase()),
      make("code", {}, operation.path),
      make("span", { className: "about" }, ` · ${operation.summary}`),
    ),
  );
  // Drawn when it is opened: there are many examples.
  drawn.addEventListener(
    "toggle",
    () => {
      const answers = Object.entries(operation.responses);
      drawn.append(
        make(
          "div",
          {},
          make("p", {}, operation.description ?? ""),
          ...drawForm(api, operation),
          ...answers.map(([status, response]) => drawResponse(api, status, response)),
        ),
      );
    },
    { once: true },
  );
  return drawn;
}

function operationsOf(api) {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => methods[method]).map((method) => ({
      parameters: [],
      ...methods[method],
      path,
      method,
    })),
  );
}

const api = await (await fetch("openapi.json")).json();
document.getElementById("about").textContent = `${api.info.summary} Version ${api.info.version}.`;
const groups = Map.groupBy(operationsOf(api), (operation) => operation.tags?.[0] ?? "other");
for (const [tag, operations] of groups) {
  document.getElementById("operations").append(
    make("h2", {}, tag),
    ...operations.map((operation) => drawOperation(api, operation)),
  );
}
