-- Drives a headless Neovim as a person would. The workspace is the current folder; ends with status 1 when it fails.
local patience = 60000 -- milliseconds

local function pass(what)
  print("passed: " .. what .. "\n")
end

local function wait(what, condition)
  if not vim.wait(patience, condition, 100) then
    error("it did not come to this: " .. what)
  end
end

local function gnomon_messages(buffer)
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    if diagnostic.source == "gnomon" then
      table.insert(found, diagnostic)
    end
  end
  return found
end

local function has(buffer, text)
  for _, diagnostic in ipairs(gnomon_messages(buffer)) do
    if diagnostic.message:find(text, 1, true) then
      return diagnostic
    end
  end
end

-- Puts the cursor on a word in the first line that holds a text.
local function go_to(text, word)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { number, line:find(word, at, true) - 1 })
      return number
    end
  end
  error("there is no line with " .. text)
end

local function definition_leads_to(file, text)
  wait("definition leads to " .. file, function()
    vim.lsp.buf.definition()
    vim.wait(1000, function()
      return vim.fn.expand("%:t") == file
    end, 20)
    return vim.fn.expand("%:t") == file and vim.api.nvim_get_current_line():find(text, 1, true) ~= nil
  end)
end

local function navigation()
  vim.cmd("edit telemetry/ring.py")
  wait("the server answers", function()
    local client = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
    return client and client.initialized
  end)
  go_to("lib.ring_push(", "ring_push")
  definition_leads_to("ring.c", "int ring_push(")
  pass("definition jumps from Python to C")
  definition_leads_to("ring.py", "lib.ring_push(")
  pass("definition jumps from C back to Python")
end

local function diagnostics()
  vim.cmd("edit codec.c")
  local buffer = vim.api.nvim_get_current_buf()
  local line = go_to("return value * gain / 1000;", "return")
  vim.cmd("write")
  wait("a finding after save", function()
    return has(buffer, "overflows")
  end)
  local finding = has(buffer, "overflows")
  assert(finding.lnum == line - 1, vim.inspect(finding))
  assert(finding.message:find("when value = %-?%d+, gain = %-?%d+"), finding.message)
  assert(finding.severity == vim.diagnostic.severity.ERROR)
  pass("a finding comes after save: " .. finding.message)

  local before = #gnomon_messages(buffer)
  vim.api.nvim_set_current_line("    return (int)((int64_t)value * gain / 1000 % 1000);")
  vim.cmd("write")
  wait("the finding goes with its fix", function()
    return not has(buffer, "overflows") and #gnomon_messages(buffer) == before - 1
  end)
  pass("the fix makes it go away, and leaves the others")
end

local function request(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, patience)
  for _, answer in pairs(answers or {}) do
    if answer.result and answer.result ~= vim.NIL then
      return answer.result
    end
  end
end

local function here()
  return vim.lsp.util.make_position_params(0, "utf-16")
end

-- What Neovim 0.10 shows by itself is asked for here as it would, so that older ones are tested, too.
local function checks()
  vim.cmd("edit! ring.c")
  local buffer = vim.api.nvim_get_current_buf()
  vim.cmd("write")
  wait("a finding in ring.c", function()
    return #gnomon_messages(buffer) > 0
  end)
  local finding = gnomon_messages(buffer)[1]
  vim.api.nvim_win_set_cursor(0, { finding.lnum + 1, finding.col })
  local document = here().textDocument

  local titles = {}
  for _, lens in ipairs(request("textDocument/codeLens", { textDocument = document })) do
    local resolved = request("codeLens/resolve", lens)
    table.insert(titles, resolved.command and resolved.command.title or "")
  end
  assert(table.concat(titles, "\n"):find("checks?: .*refuted"), vim.inspect(titles))
  pass("code lenses say what was decided of functions")

  local hover = request("textDocument/hover", here())
  assert(hover.contents.value:find(finding.code .. " refuted", 1, true), vim.inspect(hover))
  pass("hover on a check says what was decided")

  local everything = { start = { line = 0, character = 0 }, ["end"] = { line = 9999, character = 0 } }
  local function hints()
    return request("textDocument/inlayHint", { textDocument = document, range = everything }) or {}
  end
  assert(#hints() == 0)
  local identity = finding.user_data.lsp.data.id
  request("workspace/executeCommand", { command = "gnomon.openWitness", arguments = { identity } })
  local shown = hints()
  assert(#shown > 0 and shown[1].label:find("^%d+%."), vim.inspect(shown))
  pass("the witness is shown in the text: " .. shown[1].label)
  request("workspace/executeCommand", { command = "gnomon.closeWitness" })
  assert(#hints() == 0)
  pass("and hidden again")

  local saved = request("workspace/executeCommand", { command = "gnomon.saveTest", arguments = { identity } })
  assert(table.concat(titles, "\n"):find("Save as test"), vim.inspect(titles))
  assert(vim.fn.filereadable(saved) == 1, vim.inspect(saved))
  pass("a finding is saved as a test: " .. vim.fn.fnamemodify(saved, ":t"))
end

local ok, trouble = pcall(function()
  navigation()
  diagnostics()
  checks()
end)
if not ok then
  print("failed: " .. tostring(trouble) .. "\n")
  for line in io.lines(vim.lsp.get_log_path()) do
    print(line .. "\n")
  end
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
