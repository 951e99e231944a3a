// Executes instructions of one path. Where both outcomes of a question are possible the path forks: the other outcome
// becomes a new state that executes the same instruction again under its own answer. So: ask first, change afterwards.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "explore/event.h"
#include "explore/joins.h"
#include "explore/world.h"
#include "ir/extended.h"

namespace gnomon::explore {

// Where one path became two.
struct Parting {
    Expression condition = nullptr;  // holds on the path that went on, and on the other one not
    std::vector<Expression> path;    // what held before
};

class Stepper {
  public:
    Stepper(World& world, std::vector<State>& forks) : world_(world), expressions_(world.expressions), forks_(forks) {}

    // Executes the next instruction. Throws PathEnds.
    void step(State& state);
    // Of the last step, the latest; nothing: no question was open.
    const std::optional<Parting>& parting() const { return parting_; }
    // Looks for blocks that nothing refers to any more, on a path that goes on: they are lost for good.
    void look_for_lost(State& state);
    // The two paths of a parting as one, where they are at the same place and differ in little (merge.cpp).
    std::optional<State> merged(State& went_on, State& other, const Parting& parting, const Join& join);
    // Starts `function` on the path, with its parameters set.
    void enter(State& state, ir::FunctionId function, const std::vector<Value>& arguments);

  private:
    // decide.cpp: questions and forks.
    bool decide(State& state, Expression condition);
    void assume(State& state, Expression condition, std::shared_ptr<const solver::Model> model);
    std::uint64_t concrete(State& state, Expression expression);  // one value of it; others fork off
    Expression truth(const Value& value, ir::Scalar type);        // != 0
    Expression is_null(const Value& pointer);
    static bool is_error(const Value& pointer);  // a number that says so on this path

    // merge.cpp: two paths as one.
    bool merge_registers(State& merged, const State& other, const Parting& parting, const Join& join);
    bool merge_memory(State& merged, State& other, const Parting& parting);
    bool merge_contents(State& merged, State& other, ObjectId id, const Parting& parting, std::size_t& bytes);
    std::optional<Value> either(const Value& one, const Value& other, Expression condition);
    bool merge_paths(State& merged, const State& other, const Parting& parting);

    // rules.cpp: demands and shadow updates.
    void check_demands(State& state, const Event& event, const Event* second = nullptr);
    void check_demands(State& state, const std::vector<std::uint32_t>& demands, const Event& event,
                       const Event* second = nullptr);
    void demand(State& state, std::uint32_t index, const Event& event, Expression predicate);
    void leave_open(State& state, std::uint32_t index, const Event& event, const std::string& what);
    bool rests_on_unknown(State& state, std::uint32_t demand, const Event& event);
    bool is_looked_at(const State& state, std::uint32_t demand, const Event& event);
    Verdict* verdict_of(const State& state, std::uint32_t demand, const Event& event);
    void change_states(State& state, const Event& event);

    // returned.cpp: what Python looks at.
    void note_return(State& state);
    void look_at_returned(State& state, const std::vector<Value>& arguments);
    void leave_return_open(State& state);

    // references.cpp: counted blocks.
    void count_references(State& state, const Value& pointer);
    void share(State& state, const Value& pointer, const Value& condition);
    void answer_for(State& state, const Value& pointer);
    std::uint64_t references(const State& state, const Value& holder, const Value& block);
    std::uint64_t references_to(const State& state, ObjectId block, const std::set<ObjectId>& reached);
    Expression is_leaked(State& state, ObjectId block, std::uint64_t references);

    // leaks.cpp: what is left when the entry ends.
    void end_entry(State& state);
    void leave_main(State& state, const Value& result);
    void check_blocks(State& state, const std::set<ObjectId>& reached, bool only_lost);
    void check_block(State& state, ObjectId block, bool is_reachable, Expression is_leaked);
    void check_left(State& state, const Event& event, ir::Site made_at, std::optional<std::uint8_t> layer = {});
    bool is_for_callers(State& state, Event event, const shadow::Demand& rule);

    // numbers.cpp: numbers that rules keep a state beside.
    void set_number_state(State& state, const NumberKey& key, std::uint8_t number_state, const Event* given_by);
    Expression may_be(const State& state, const Value& value, const NumberKey& key);
    Expression holds_number(const State& state, const Object& object, const NumberKey& key);
    Expression is_held(const State& state, const NumberKey& key, const std::set<ObjectId>& reached,
                       const Value& result);
    void keep_numbers(State& state, const Value& value);
    void forget_numbers(State& state, const std::string& reason);
    void check_numbers(State& state, const std::set<ObjectId>& reached, const Value& result);

    Number call_field(State& state, const Event& event, std::uint8_t layer, shadow::Field field, Algebra& algebra);
    Number format_field(State& state, const Event& event, shadow::Field field, Algebra& algebra);
    std::optional<std::string> known_text(State& state, const Value& pointer);
    std::optional<Expression> asks_for_less(State& state, const Event& event);
    Number cast_field(const Event& event, shadow::Field field, Algebra& algebra);
    void keep_latent(State& state, Verdict& verdict, const Event& event, Expression predicate,
                     std::shared_ptr<const solver::Model> model);
    bool can_fail(State& state, Verdict& verdict, const Event& event, Expression predicate);
    bool is_for_caller_to_avoid(State& state, std::uint32_t index, const Event& event, Expression predicate);
    ir::Site user_site(const State& state, std::size_t frames_above = 0) const;
    Number field(State& state, const Event& event, std::uint8_t layer, shadow::Field field, Algebra& algebra);
    bool fits_view(State& state, const Event& event);
    Number object_field(State& state, const Event& event, std::uint8_t layer, shadow::Field field, Algebra& algebra);
    Number operand_field(const Value& value, ir::Scalar type, Algebra& algebra);
    Expression shadow_bits(State& state, const Event& event, shadow::Field field);
    Number number_of(State& state, const Event& event, std::uint8_t layer, const shadow::Expression& expression);
    Expression evaluate(State& state, const Event& event, std::uint8_t layer, const shadow::Expression& expression);
    Expression updated_shadow(State& state, const Event& event, Expression shadow);
    Expression shadow_of_input(State& state, const ir::Input& input, const TakenInput& taken);
    Number stack_size(const State& state, const Event& event, Algebra& algebra);
    Expression new_object_shadow(State& state, shadow::ObjectKind kind, const Value& size);

    // access.cpp: reading and writing bytes.
    struct Access {
        ObjectId object{};
        Expression offset = nullptr;
    };

    // unknown.cpp: what functions without bodies give.
    bool is_unknown(State& state, Expression shadow);
    void require_known(State& state, Expression shadow);  // ends the path where nobody knows the value
    Value unknown(State& state, unsigned width, const std::string& from);
    std::uint8_t unknown_operands(State& state, const Event& event);
    void call_unknown(State& state, const ir::Function& callee, const ir::Call& call,
                      const std::vector<Value>& arguments);
    void forget(State& state, ObjectId object);
    bool is_forgotten(const Object& object);
    Value print_double(State& state, const Value& to, const std::vector<Value>& arguments);
    Value parse_double(State& state, const Value& from, const Value& size);
    std::optional<std::string> number_text(State& state, const Value& from, const Value& size, Expression& shadow);
    Value put_text(State& state, const Value& to, const std::string& text, Expression shadow);
    Value mathematics(State& state, const std::vector<Value>& arguments);

    // extended.cpp: long double
    Value extended(State& state, const std::vector<Value>& arguments);
    Value extended_mathematics(State& state, const std::vector<Value>& arguments, Expression shadow);
    Expression extended_result(State& state, ir::ExtendedOperation op, Expression left, Expression right);
    Expression canonical(State& state, const Value& significand, const Value& sign_exponent);
    Value parse_extended(State& state, const Value& from, const Value& size, const Value& part);
    Value print_extended(State& state, const std::vector<Value>& arguments);

    // questions.cpp: what assertions ask.
    void type_block(State& state, const Value& pointer, ir::TypeId type);
    Value is_a(State& state, const Value& pointer, ir::TypeId wanted);
    Value shadow_of(State& state, const Value& value, const std::string& domain);  // its bit
    bool passes_open_assertion(State& state, const ir::Branch& branch, const Value& condition);

    void examine(State& state, const Value& pointer);  // ends the path where nothing is known about what is there
    Access access(State& state, const Value& pointer, Expression size, bool for_writing);
    Cell cell(State& state, ObjectId object, std::uint64_t index);
    Cell written_or_base(const Object& object, std::uint64_t index);
    void apply(const SymbolicWrite& write, Expression place, Cell& now);
    bool is_sparse(const Object& object);
    Value sparse_read(State& state, const Access& at, unsigned size);
    Value assemble(const std::vector<Cell>& cells);
    Value read(State& state, const Access& at, unsigned size);
    void write(State& state, const Access& at, const Value& value, unsigned size);
    std::vector<std::uint64_t> candidates(State& state, const Access& at, unsigned size, std::size_t limit);
    bool has_pointers(State& state, ObjectId object, const std::vector<std::uint64_t>& offsets, unsigned size);
    bool is_as_chosen(const Object& object);
    Value any_byte(State& state, const Object& object, Expression offset);
    Value choose_read(State& state, const Access& at, const std::vector<std::uint64_t>& offsets, unsigned size);
    std::vector<Cell> cells_of(const Value& value, unsigned size);
    void copy(State& state, const Access& to, const Access& from, Expression size);
    void fill(State& state, const Access& to, Expression byte, Expression byte_shadow, Expression size);
    bool is_whole(const State& state, const Access& to, Expression size);
    std::uint64_t block_size(State& state, Expression size, const std::vector<Access*>& ends);
    Expression is_in_bounds(const Object& object, Expression offset, Expression size);
    Expression shadow_of_bytes(State& state, const Value& pointer, Expression size, bool of_each = false);
    Expression shadow_inside(State& state, const Value& pointer, Expression size);
    Expression shadow_of_text(State& state, const Value& pointer, std::uint8_t layer);  // null: nobody knows
    void define_fixed(State& state, ObjectId object);
    [[noreturn]] void end_at_number(const std::string& what) const;

    // values.cpp: arithmetic on registers.
    Value operand(const Frame& frame, const ir::Operand& operand, unsigned width);
    Value operand(const State& state, const ir::Operand& operand, unsigned width);
    Value operand(const State& state, const ir::Operand& operand, ir::TypeId type);
    ir::Scalar scalar(ir::TypeId type);  // ends the path where it is not supported
    void set(State& state, ir::RegisterId result, Value value);
    Value arithmetic(State& state, const ir::Binary& operation, ir::Scalar type, const Value& left, const Value& right,
                     ir::Scalar right_type);
    Value with_objects(ir::BinaryOperator op, const Value& left, const Value& right);
    bool may_be_same(State& state, ObjectId left, ObjectId right);
    void note_comparison(State& state, const Value& left, const Value& right);
    Value compare_pointers(State& state, ir::BinaryOperator op, const Value& left, const Value& right);
    Expression compare(ir::BinaryOperator op, ir::Scalar type, Expression left, Expression right);
    Expression integer_binary(ir::BinaryOperator op, ir::Scalar type, Expression left, Expression right,
                              ir::Scalar right_type);
    Expression float_binary(ir::BinaryOperator op, Expression left, Expression right);
    Value convert(const Value& value, ir::Scalar from, ir::Scalar to);
    Expression float_fits(Expression value, ir::Scalar from, ir::Scalar to);
    Expression convert_float(State& state, Expression value, ir::Scalar from, ir::Scalar to);
    Value moved(State& state, const Value& base, Expression distance);
    std::uint64_t stride(ir::TypeId element) const;

    // deferred.cpp: objects that become what they are at their first use.
    void defer(State& state, const ir::Call& call);
    static void use(const State& state, const Value& pointer);
    static void use_to_compare(const State& state, const Value& left, const Value& right);
    static bool is_later(const State& state, const Value& pointer);
    void begin_to_become(State& state, ObjectId object);
    void end_becoming(State& state, const Value& result);
    void resize(State& state, const Value& pointer, const Value& size);
    void grow(State& state, ObjectId object, Expression size);

    // calls.cpp.
    void check_call(const ir::Function& function, const ir::Call& call);
    void pop_frame(State& state);
    void call_body(State& state, ir::FunctionId callee, const ir::Call& call, const std::vector<Value>& arguments);
    bool is_read(State& state, ir::RegisterId result);
    void use_external(State& state, const ir::Function& callee, const ir::External& row, const ir::Call& call,
                      const std::vector<Value>& arguments);
    void leave(State& state, Value value);
    void check_return(State& state, const Value& result);
    Event call_event(const Frame& frame, shadow::Event kind, std::uint32_t index);
    Expression after_call(State& state, const Frame& frame, std::uint32_t index, const ir::Function& callee,
                          const Value& result);
    void keep(State& state, const Value& pointer);
    void copy_apart(State& state, const std::vector<Value>& arguments);
    void release(State& state, const Value& pointer);
    Expression string_length(const State& state, const Value& pointer);
    bool reads_decimal(State& state, const Value& pointer);
    std::optional<DecimalText> text_at(State& state, const Value& pointer);
    Value decimal(State& state, const Value& pointer);
    void touch(State& state, const Value& pointer, const Value& size);
    ObjectId enter_local(State& state, ir::LocalId local, const Value& size);
    void leave_local(State& state, ir::LocalId local);
    void keep_to_return(State& state, ir::LocalId local);
    void sum_stack(State& state);
    ObjectId allocate(State& state, shadow::ObjectKind kind, const Value& size, bool is_zeroed);
    Value new_opaque(State& state);

    void execute(State& state, const ir::Move& move);
    void execute(State& state, const ir::Unary& unary);
    void execute(State& state, const ir::Binary& binary);
    void execute(State& state, const ir::Cast& cast);
    void execute(State& state, const ir::AddressOfLocal& address);
    void execute(State& state, const ir::AddressOfGlobal& address);
    void execute(State& state, const ir::AddressOfFunction& address);
    void execute(State& state, const ir::FieldAddress& address);
    void execute(State& state, const ir::ElementAddress& address);
    void execute(State& state, const ir::PointerDifference& difference);
    void execute(State& state, const ir::EnterLocal& enter);
    void execute(State& state, const ir::LeaveLocal& leave);
    void execute(State& state, const ir::Load& load);
    void execute(State& state, const ir::Store& store);
    void execute(State& state, const ir::CopyBytes& copy);
    void execute(State& state, const ir::FillBytes& fill);
    void execute(State& state, const ir::CallIntrinsic& call);
    void execute(State& state, const ir::Call& call);
    void execute(State& state, const ir::Input& input);
    void execute(State& state, const ir::Jump& jump);
    void execute(State& state, const ir::Branch& branch);
    void execute(State& state, const ir::Switch& choice);
    void execute(State& state, const ir::Return& back);
    void execute(State& state, const ir::NotModelled& unknown);
    void execute(State& state, const ir::Unreachable& unreachable);

    void jump(State& state, ir::BlockId block);

    // turns.cpp: many turns of a loop at once.
    static bool is_judging(const State& state);  // not in a turn that is only assumed
    void follow_loops(State& state, ir::BlockId from, ir::BlockId to);
    void leave_loop(State& state);
    void leave_loops_of_frame(State& state);
    void begin_loop(State& state, const Loop& loop);
    bool is_summarised(const State& state, const Loop& loop) const;
    void pass(const std::shared_ptr<Passage>& passage);
    bool move_counters(State& state, const Loop& loop);
    const Counter* leading_counter(const State& state, const Loop& loop) const;
    Expression lead(Value& value, const Counter& counter, std::vector<Expression>& limits);
    Expression is_ahead(const Counter& counter, Expression before, Expression now);
    bool can_assume(State& state, Expression condition);
    [[noreturn]] void refuse(const Loop& loop);
    void leave_blocks_open(State& state, std::size_t made_before);
    void end_turn(State& state);
    static bool is_end_of_block(const ir::Operation& operation);
    bool skips(State& state);  // what the slice does not keep

    std::uint32_t numbered(State& state, const ir::Operand& operand);  // the occurrence
    std::string input_name(const State& state, const ir::Input& input);
    Value bytes_input(State& state, const ir::Input& input, const ir::BytesInput& choice, TakenInput& taken,
                      Expression shadow);

    World& world_;
    solver::Expressions& expressions_;
    std::vector<State>& forks_;
    std::optional<Parting> parting_;
};

}  // namespace gnomon::explore
