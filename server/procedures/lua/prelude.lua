-- What a script finds besides the language, and how its answer leaves. Called with the names that a use of each kind of
-- step may say, the media's facts and the arguments; answers a function that runs a script and gives back JSON.
-- Everything needed later is kept in locals: the script may change every global, and must not change this.
local kinds, media, arguments, argument_count = ...
local type, next, pairs, ipairs, error, pcall, setmetatable, getmetatable, rawget, rawset, rawequal, tostring, tonumber =
  type, next, pairs, ipairs, error, pcall, setmetatable, getmetatable, rawget, rawset, rawequal, tostring, tonumber
local _G = _G
local concat, unpack = table.concat, table.unpack
local format, gsub, byte, match = string.format, string.gsub, string.byte, string.match
local math_type, huge = math.type, math.huge

local STEPS_MAX, DEPTH_MAX, CHARACTERS_MAX = 50, 16, 262144

-- No way to other code, to the outside, to chance, or to work after the end.
for _, name in ipairs({ "collectgarbage", "dofile", "load", "loadfile", "loadstring", "print", "require", "warn" }) do
  _G[name] = nil
end
string.dump = nil
math.random, math.randomseed = nil, nil
getmetatable("").__metatable = false
_G.setmetatable = function(table, metatable)
  if type(metatable) == "table" and rawget(metatable, "__gc") ~= nil then error("__gc is not available", 2) end
  return setmetatable(table, metatable)
end
_G.unpack = unpack

-- A value that is said to be empty: `audio = null` leaves the sound out, where nil would say nothing.
local null = setmetatable({}, { __metatable = false, __tostring = function() return "null" end, __newindex = function() end })
_G.null = null

_G.media = media
_G.args = arguments

-- Lines of the script on which steps were made, so that what is wrong with one can be shown there.
local line_of = setmetatable({}, { __mode = "k" })
local function line_of_caller()
  local _, at = pcall(error, "", 4)
  return tonumber(match(tostring(at), ":(%d+):"))
end

-- `transcode(100030, { startOffsetSeconds = 5, video = { bitrateKbps = 800 } })`: what is said of this use is told from
-- what replaces the template's own parameters by its name; `use` and `override` may be said outright.
for kind, use_names in pairs(kinds) do
  _G[(gsub(kind, "-", "_"))] = function(template, options)
    if math_type(template) ~= "integer" then
      error("number of a template expected, got " .. (template == nil and "nothing" or tostring(template)), 2)
    end
    if options ~= nil and type(options) ~= "table" then error("a table of parameters expected", 2) end
    local step = { operation = kind, template = template, use = {}, override = {} }
    for name, value in pairs(options or {}) do
      if (name == "use" or name == "override") and type(value) == "table" then
        for inner, said in pairs(value) do step[name][inner] = said end
      elseif use_names[name] then step.use[name] = value
      else step.override[name] = value end
    end
    line_of[step] = line_of_caller()
    return step
  end
end

-- Procedures as classes, as they were written for the VOD API in 2017.
local function class_of(base)
  local class = {}
  class.__index = class
  setmetatable(class, { __index = base })
  class.new = function(...)
    local object = setmetatable({}, class)
    if class.constructor then class.constructor(object, ...) end
    return object
  end
  return class
end
_G.BaseProcedure = class_of(nil)
function BaseProcedure:setPriority(priority) rawset(self, "priority", priority) end
function BaseProcedure:getPriority() return rawget(self, "priority") end
_G.NewProcedureClass = function(base) return class_of(base or BaseProcedure) end

local ActionSet = class_of(nil)
function ActionSet:addAction(action)
  if type(action) ~= "table" then error("an action expected", 2) end
  self[#self + 1] = action
  line_of[action] = line_of_caller()
end
_G.ProcessActionSet = ActionSet

local function action_of(kind)
  local action = class_of(nil)
  action.kind = kind
  return action
end
_G.TranscodeAction = action_of("transcode")
function TranscodeAction:constructor() rawset(self, "transcodeDefinition", {}) end
function TranscodeAction:addTranscodeDefinition(definition)
  for _, known in ipairs(self.transcodeDefinition) do if known == definition then return end end
  self.transcodeDefinition[#self.transcodeDefinition + 1] = definition
end
function TranscodeAction:clearTranscodeDefinition() self.transcodeDefinition = {} end
_G.SampleSnapshotAction = action_of("sampled-snapshot")
_G.ImageSpriteAction = action_of("sprite")
_G.CoverBySnapshotAction = action_of("cover")
_G.DRM = class_of(nil)
for _, class in ipairs({ ActionSet, TranscodeAction, SampleSnapshotAction, ImageSpriteAction, CoverBySnapshotAction, DRM }) do
  -- `TranscodeAction()` and `TranscodeAction.new()` alike.
  getmetatable(class).__call = function(_, ...) return class.new(...) end
end

local function whole(value) return value and value // 1 | 0 end
local function meta_data()
  local videos, sounds = {}, {}
  if media.hasVideo then
    videos[1] = {
      bitrate = whole(media.bitrateKbps), width = media.widthPx, height = media.heightPx,
      codec = media.videoCodec, fps = media.framesPerSecond,
    }
  end
  for index, sound in ipairs(media.sounds) do
    sounds[index] = { codec = sound.codec, samplingRate = sound.sampleRateHz, bitrate = sound.bitrateBps // 1000 }
  end
  return {
    size = media.sizeBytes, container = media.container, duration = media.durationSeconds,
    bitrate = whole(media.bitrateKbps), width = media.widthPx, height = media.heightPx,
    videoStreamList = videos, audioStreamList = sounds,
  }
end
local File = {
  mediaInfo = { metaData = meta_data(), sourceType = "", sourceContext = "" },
  aiReviewActionSet = ActionSet.new(), manualReviewActionSet = ActionSet.new(), processActionSet = ActionSet.new(),
}
_G.File = File

local function steps_of_action(action)
  if action.drm ~= nil then error("drm is not available", 0) end
  local function step(template, use) 
    local made = { operation = action.kind, template = template, use = use or {}, override = {} }
    line_of[made] = line_of[action]
    return made
  end
  if action.kind ~= "transcode" then return { step(action.definition) } end
  local steps, mark = {}, action.watermarkDefinition
  for _, definition in ipairs(action.transcodeDefinition or {}) do
    local use = {}
    if mark ~= nil and mark ~= 0 then use.watermarks = { { template = mark } } end
    steps[#steps + 1] = step(definition, use)
    if action.disableHigherBitrate == true or action.disableHigherBitrate == 1 then
      steps[#steps].override = { video = { neverHigherBitrate = true } }
    end
  end
  return steps
end

local function run_class(create)
  local object = create(unpack(arguments, 1, argument_count))
  if type(object) ~= "table" or type(object.handleProcess) ~= "function" then
    error("CreateProcedure made no object with a method handleProcess", 0)
  end
  local actions = object:handleProcess(File)
  if actions == nil then actions = File.processActionSet end
  if type(actions) ~= "table" then error("handleProcess gave no ProcessActionSet back", 0) end
  local steps = {}
  for _, action in ipairs(actions) do
    for _, step in ipairs(steps_of_action(action)) do steps[#steps + 1] = step end
  end
  return { steps = steps, priority = rawget(object, "priority") }
end

-- What cannot leave is told by an object of our own, which a script has no way to make.
local Refusal = {}
local function refuse(reason, values) error(setmetatable({ reason = reason, values = values or {} }, Refusal), 0) end

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\" }
local function quoted(text)
  return '"' .. gsub(text, '[%c"\\\127]', function(c) return ESCAPES[c] or format("\\u%04x", byte(c)) end) .. '"'
end

local function to_json(value)
  local parts, characters = {}, 0
  local function add(text)
    characters = characters + #text
    if characters > CHARACTERS_MAX then refuse("luaTooMuch", { maximum = CHARACTERS_MAX // 1024 }) end
    parts[#parts + 1] = text
  end
  local function write(value, depth)
    local kind = type(value)
    if rawequal(value, null) then return add("null") end
    if kind == "string" then
      -- Counted before it is quoted, which makes another of it.
      if #value > CHARACTERS_MAX then refuse("luaTooMuch", { maximum = CHARACTERS_MAX // 1024 }) end
      return add(quoted(value))
    end
    if kind == "boolean" then return add(value and "true" or "false") end
    if kind == "number" then
      if value ~= value or value == huge or value == -huge then refuse("luaNoNumber") end
      return add(math_type(value) == "integer" and format("%d", value) or format("%.17g", value))
    end
    if kind ~= "table" then refuse("luaNoValue", { type = kind }) end
    if depth > DEPTH_MAX then refuse("luaTooDeep", { maximum = DEPTH_MAX }) end
    local count, length = 0, 0
    for key in next, value do
      count = count + 1
      if math_type(key) == "integer" and key > length then length = key end
    end
    if length > 0 then
      if length ~= count then refuse("luaMixedTable") end
      add("[")
      for index = 1, length do
        if index > 1 then add(",") end
        write(rawget(value, index), depth + 1)
      end
      return add("]")
    end
    add("{")
    local first = true
    for key, inner in next, value do
      if type(key) ~= "string" then refuse("luaMixedTable") end
      add(first and quoted(key) .. ":" or "," .. quoted(key) .. ":")
      first = false
      write(inner, depth + 1)
    end
    add("}")
  end
  write(value, 1)
  return concat(parts)
end

local function steps_in(answer)
  if type(answer) ~= "table" then refuse("luaNoSteps", { type = type(answer) }) end
  local steps = rawget(answer, "steps")
  -- A list of steps is steps as well.
  if steps == nil and (rawget(answer, 1) ~= nil or next(answer) == nil) then return answer, nil end
  if type(steps) ~= "table" then refuse("luaNoSteps", { type = type(steps) }) end
  return steps, rawget(answer, "priority")
end

return function(script)
  local answer = script(unpack(arguments, 1, argument_count))
  local create = rawget(_G, "CreateProcedure")
  if answer == nil and type(create) == "function" then answer = run_class(create) end
  local steps, priority = steps_in(answer)
  local lines = {}
  for index = 1, STEPS_MAX do
    local step = rawget(steps, index)
    lines[index] = type(step) == "table" and line_of[step] or 0
  end
  return to_json({ steps = steps, priority = priority == nil and null or priority, lines = lines })
end, Refusal
