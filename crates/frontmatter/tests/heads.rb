# Heads changed at random, each with the answer of SafeYAML 1.0.5 as Jekyll calls it: one JSON object a line.
#
#     ruby heads.rb FOLDER [SEED] [COUNT] > heads.jsonl
#     POSTFERRY_HEADS=heads.jsonl cargo test -p postferry-frontmatter other_heads
#
# FOLDER holds posts; their heads are changed. Ruby's own libyaml parses; what SafeYAML makes of its events is written below
# after its source. The values are typed: ["int","1"], ["map",[[key,value],…]] and so on.

require 'base64'
require 'date'
require 'json'
require 'psych'
require 'time'

ENV['TZ'] = 'UTC'

# SafeYAML's rules for a scalar without quotes.
module Scalar
  INTEGERS = [/\A[-+]?(0|[1-9][0-9]*)\Z/, /\A0[0-7]+\Z/, /\A0x[0-9a-f]+\Z/i, /\A0b[01]+\Z/].freeze
  HEXADECIMAL = /\A\s*[-+]?0x[0-9a-fA-F_]+\s*\Z/
  FLOAT = /\A[-+]?(?:\d[\d_]*)?\.[\d_]+(?:[eE][-+]\d+)?\Z/
  SPECIAL = %w(.inf .Inf .INF).to_h { |name| [name, Float::INFINITY] }
                              .merge(%w(-.inf -.Inf -.INF).to_h { |name| [name, -Float::INFINITY] }, %w(.nan .NaN .NAN).to_h { |name| [name, Float::NAN] })
  BASE_60 = /\A\s*[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\s*\Z/
  BASE_60_FLOAT = /\A\s*[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*\s*\Z/
  DATE = /\A(\d{4})-(\d{2})-(\d{2})\Z/
  TIME = /\A\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?\s*(?:Z|[-+]\d{1,2}(?::?\d{2})?)?\Z/

  def self.base_60(value)
    whole, fraction = value.split('.')
    sum = whole.split(':').reverse.each_with_index.sum { |part, place| Float(part) * 60**place }
    sum += Float(".#{fraction}") unless fraction.nil?
    value[0] == '-' ? -sum : sum
  end

  def self.read(value)
    plain = value.gsub(/[_,]/, '')
    INTEGERS.each { |matcher| return Integer(plain) if matcher.match(plain) }
    return Integer(value.gsub('_', '')) if HEXADECIMAL.match(plain)
    return base_60(plain) if BASE_60.match(plain)
    return Float(value) if FLOAT.match(value)
    return SPECIAL[value] if SPECIAL.key?(value)
    return base_60(value) if BASE_60_FLOAT.match(value)
    return nil if value.empty? || value == '~' || value =~ /\Anull\z/i
    return true if value =~ /\A(yes|on|true)\z/i
    return false if value =~ /\A(no|off|false)\z/i

    begin
      return Date.parse(value) if DATE.match(value)
      return DateTime.parse(value).to_time if TIME.match(value)
    rescue ::ArgumentError
      return value
    end
    value
  end
end

# SafeYAML's handler of libyaml's events.
class Handler < Psych::Handler
  attr_reader :result

  def initialize
    super
    @anchors = {}
    @stack = []
  end

  def add(value, anchor = nil, quoted = nil, tag = nil)
    if ['tag:yaml.org,2002:binary', 'x-private:binary', '!binary'].include?(tag)
      value = Base64.decode64(value).force_encoding(value.encoding)
    elsif value.is_a?(String) && !quoted
      value = Scalar.read(value)
    end
    @anchors[anchor] = value if anchor
    return @result = @structure = value if @result.nil?

    if @structure.respond_to?(:<<)
      @structure << value
    elsif !@structure.respond_to?(:[]=)
      raise "cannot add to a #{@structure.class}"
    elsif @key.nil?
      @key = value
    else
      @key == '<<' ? @structure.merge!(value) : @structure[@key] = value
      @key = nil
    end
  end

  def open(structure, anchor)
    add(structure, anchor)
    @structure = structure
    @stack.push(structure)
  end

  def close
    @stack.pop
    @structure = @stack.last
  end

  def alias(anchor) = add(@anchors[anchor])
  def scalar(value, anchor, tag, _plain, quoted, _style) = add(value, anchor, quoted, tag)
  def start_mapping(anchor, _tag, _implicit, _style) = open({}, anchor)
  def start_sequence(anchor, _tag, _implicit, _style) = open([], anchor)
  def end_mapping = close
  def end_sequence = close
  def end_document(_implicit) = throw(:document, @result)
end

def typed(value, depth = 0)
  raise 'cyclic' if depth > 200

  case value
  when nil then ['null']
  when true, false then ['bool', value]
  when Integer then ['int', value.to_s]
  when Float then ['float', value.nan? ? 'nan' : value.infinite? ? (value.positive? ? 'inf' : '-inf') : value.to_s]
  when String then value.valid_encoding? ? ['str', value] : ['bytes', Base64.strict_encode64(value)]
  when Time then ['time', value.utc.strftime('%Y-%m-%dT%H:%M:%S.%9NZ')]
  when Date then ['date', value.strftime('%Y-%m-%d')]
  when Array then ['seq', value.map { |item| typed(item, depth + 1) }]
  when Hash then ['map', value.map { |key, item| [typed(key, depth + 1), typed(item, depth + 1)] }]
  else raise "#{value.class} does not occur"
  end
end

def answer(text)
  handler = Handler.new
  value = catch(:document) do
    Psych::Parser.new(handler).parse("---\n#{text}")
    handler.result
  end
  { text: text, data: typed(value) }
rescue StandardError => e
  { text: text, error: "#{e.class}: #{e.message[0, 100]}", skip: e.message == 'cyclic' }
end

PIECES = [':', ': ', ' :', '"', "'", '[', ']', '{', '}', ',', ', ', '#', ' #', '&a ', '*a', '*', '!', '!!str ', '!!int ', '! ', '|', '>', "|\n", ">-\n", "|+2\n", ">+\n", '%', '@', '`', '-', '- ', '? ', '?', "\t", ' ', '  ', "\n", "\r\n", "\n\n", "\n  ",
          "---\n", "...\n", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{7}", '\\', '“', "<<: *a\n", '{{ x }}', "\u{A0}", "\u{3000}", '：', '，', '"x": ', "'y': ", '\\"', "''", '\\u4e2d', '\\x41', "\\\n", '~', '%YAML 1.1', "\n# c\n", '!binary ', '<<', '=', "\n- ", "\n? ", "\n: "].freeze
SCALARS = %w(0 -0 +1 007 08 0o7 0x1F 0X1f -0x1f 0b101 0B1 1_000 1,000 1,00,0 _1 1_ _ , 1,a 1. .5 -.5 +.5 1.5 1.5e3 1.5e+3 1e3 1e+3 1.5E-10 1._5 ._ . .. ... .inf -.INF +.inf .NaN .nan 1.2.3 12:30 12:30:45 -12:30 1:2 1:60 190:20:30 12:30.5 12:30:45.25 00:00
             2020-01-01 2020-1-1 2020-13-01 2020-02-30 2020-01-01T10:20:30 2020-01-01T10:20:30Z 2020-01-01t1:02:03.5 2020-01-01T10:20:30+08:00 2020-01-01T25:00:00 2020-01-01T10:20:60 2020-01-01T23:59:60Z 2020-01-01T24:00:00 2020-01-01T10:20:30-05 2020-01-01T10:20:30.123456789Z 0000-00-00 9999-12-31
             yes Yes YES y n no No on ON off Off true True TRUE tRuE false null Null NULL nULL ~ :sym !x @x %x & * - ? : | > # a#b a:b a: :a http://x.y/z#w C:\\x é 中文 1e 0x 0b 0b2 0x_1 0_1 00 000 09 0_9 1__0 +0 +012 -012 1e5.5 123456789012345678901234567890 -9223372036854775808 9223372036854775808 1.7976931348623157e+309 0.1e-400 =).freeze +
          ['2020-01-01 10:20:30', '2020-01-01 10:20:30 +0800', '2020-01-01 1:20:30 Z', '2020-01-01  10:20:30   -5', '2020-01-01 10:20', '2020-01-01 10:20:30 +08:30', '2020-01-01 10:20:30 PST', '2020-01-01 10:20:30.', '2020-1-1 1:02:03', '2020-01-01 10:20:30 +0860', "2020-01-01\t10:20:30",
           '2020-01-01 10:20:30 +24:00', '2020-00-01 00:00:00', '1 000', '- 1', '0 x', 'a b: c', 'a - b', '"a" b', "'a' 'b'", '[a', 'a]', '{a', '"\\t\\n\\0\\e\\_\\N\\L\\P\\u00e9\\U0001F600"', "'it''s'", '"a\\', '1:2:3:4', '1_0:30', '0x1F ', '12:3', '12:345', '1.5_0', '1,5', '1,234.5', '01/02/2020', '2020-01-01T10:20:30 +01', '5 # five', '[1, 1_0, 08, yes, ~, 12:30]', '{a: 1, "b": 2, c: , d}', '!!int "5"', '!!str 5', '!!float 1', '! 5', "! '5'", '!binary aGk=', '!!binary "aGk="', '&a 5', '*a', '!!set {a, b}', '!!null x', '[a, [b, {c: d}], ]', '[,]', '[a,,b]', '{,}', '{a, b: c}', '[a: 1, b]', '? a', '"a": b', '|2', '>-2', '|x'].freeze
KEYS = %w(title date tags categories layout 1 1.5 yes null ~ 2020-01-01 a.b "q" 'q' <<  permalink é 中文 a_b a-b :a ?a).freeze

def place(random, text) = random.rand(text.length + 1)

def change(random, text, other)
  lines = text.lines
  case random.rand(12)
  when 0, 1, 2
    at = place(random, text)
    text.dup.insert(at, PIECES.sample(random: random))
  when 3
    at = place(random, text)
    text[0...at] + text[at + random.rand(6)..].to_s
  when 4, 5
    lines.empty? ? text : lines.insert(random.rand(lines.length + 1), lines.sample(random: random)).join
  when 6
    lines.insert(random.rand(lines.length + 1), other.lines.sample(random: random).to_s).join
  when 7, 8
    at = random.rand([lines.length, 1].max)
    lines[at] = lines[at].to_s.sub(/:[^\n]*/) { ": #{SCALARS.sample(random: random)}" }
    lines.join
  when 9
    lines.insert(random.rand(lines.length + 1), "#{KEYS.sample(random: random)}: #{SCALARS.sample(random: random)}\n").join
  when 10
    at = random.rand([lines.length, 1].max)
    lines[at] = [' ', '  ', '    ', "\t", '- ', '  - '].sample(random: random) + lines[at].to_s
    lines.join
  else
    at = random.rand([lines.length, 1].max)
    lines[at] = lines[at].to_s.sub(/\A[ \t-]{1,2}/, '')
    lines.join
  end
end

if $PROGRAM_NAME == __FILE__
  folder, seed, count = ARGV
  random = Random.new((seed || 1).to_i)
  heads = Dir.glob("#{folder}/**/*.{md,markdown,html}").select { |path| File.file?(path) }.sort.filter_map do |path|
    text = File.open(path, 'rb:bom|utf-8', &:read)
    text[/\A---\s*\n(.*?\n)---\s*$/m, 1] if text.encoding == Encoding::UTF_8 && text.valid_encoding?
  end
  abort 'no heads there' if heads.empty?
  (count || 20_000).to_i.times do
    text = heads.sample(random: random)
    text = SCALARS.sample(3, random: random).map { |scalar| "#{KEYS.sample(random: random)}: #{scalar}\n" }.join if random.rand(4).zero?
    (1 + random.rand(3)).times { text = change(random, text, heads.sample(random: random)) }
    line = answer(text)
    puts JSON.generate(line.except(:skip)) unless line[:skip]
  end
end
