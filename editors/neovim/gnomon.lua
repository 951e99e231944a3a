-- Gnomon for Neovim 0.7 and newer: put this file into ~/.config/nvim/plugin/. No other plugin is needed.
-- `vim.g.gnomon_command` is the gnomon command, when it is not on the PATH.

local root_marks = { ".git", "pyproject.toml", "setup.py", "setup.cfg", "compile_commands.json" }
local clients = {} -- by root folder, where Neovim does not keep them itself

-- The nearest folder above a file that looks like a project, else the file's own.
local function root_of(file)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  local above = folder
  while true do
    for _, mark in ipairs(root_marks) do
      local place = above .. "/" .. mark
      if vim.fn.filereadable(place) == 1 or vim.fn.isdirectory(place) == 1 then
        return above
      end
    end
    local parent = vim.fn.fnamemodify(above, ":h")
    if parent == above then
      return folder
    end
    above = parent
  end
end

local function attach(buffer)
  local file = vim.api.nvim_buf_get_name(buffer)
  if file == "" or vim.bo[buffer].buftype ~= "" then
    return
  end
  local root = root_of(file)
  local config = {
    name = "gnomon",
    cmd = { vim.g.gnomon_command or "gnomon", "lsp", "--stdio" },
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ":t") } },
  }
  if vim.lsp.start then -- since 0.8
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  config.on_exit = function()
    clients[root] = nil
  end
  clients[root] = clients[root] or vim.lsp.start_client(config)
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = { "c", "python" },
  callback = function(event)
    attach(event.buf)
  end,
})
