// The machine that runs one program once. Frames of interpreted calls are its own: the host's stack never grows.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "interp/decode.h"
#include "interp/describe.h"
#include "interp/facts.h"
#include "interp/interpreter.h"
#include "interp/steps.h"
#include "memory/memory.h"

namespace gnomon::interp {

class Machine {
  public:
    Machine(const ir::Program& program, const std::vector<ChosenInput>& inputs, const shadow::Table& table,
            const Limits& limits, bool with_steps);

    Outcome run(ir::FunctionId entry);

    // After the run, which its budget may have cut short.
    enum class Life : std::uint8_t { not_yet, owned, lost };
    Life life_of(const Left& left) const;
    ir::Site user_site() const;  // the innermost one outside models

  private:
    using Value = memory::Value;
    using ObjectId = memory::ObjectId;

    // Leaves the run from wherever it is; caught in run().
    struct Stop {
        Ending ending;
        std::string reason;
    };
    // Leaves an instruction that uses an object before it is what it will be; caught in loop().
    struct Becomes {
        memory::ObjectId object;
    };
    // What makes an object that nobody has used yet.
    struct Deferred {
        ir::FunctionId become{};
        memory::Value number;
    };

    // What a function needs before its first call; kept for the run, by function.
    struct Prepared {
        std::vector<Value> registers;        // as they are at entry
        std::vector<std::uint32_t> first;    // per instruction, and one more: index into `demands`
        std::vector<std::uint32_t> demands;  // indices into Table::demands
        DecodedFunction decoded;
        std::vector<bool> checked_calls;         // per instruction: the callee takes what it is given
        std::optional<std::vector<bool>> reads;  // per register: some instruction reads it; made when first asked for
    };

    struct Frame {
        ir::FunctionId function{};
        std::uint32_t pc = 0;
        std::size_t registers = 0;  // index of the first one in registers_
        std::size_t locals = 0;
        std::optional<ir::RegisterId> result;  // of the caller
        std::uint64_t stack_size = 0;          // without its own locals
        // What it makes of this object, at its first use: behind it, that instruction is executed.
        ObjectId becoming = memory::no_object;
    };

    // machine.cpp: the loop, frames, jumps
    void loop();
    void cut_short(Ending ending, const std::string& reason);
    void execute_with_steps(const ir::Instruction& instruction);
    Prepared& prepared(ir::FunctionId function);
    void enter(ir::FunctionId function, const std::vector<Value>& arguments, std::optional<ir::RegisterId> result);
    void leave();
    void select_frame();
    void jump(ir::BlockId block);
    void select_demands(std::uint32_t index) {
        demands_begin_ = current_->demands.data() + current_->first[index];
        demands_end_ = current_->demands.data() + current_->first[index + 1];
    }
    ir::Site site() const { return {frames_.back().function, pc_}; }
    std::vector<ir::Site> stack() const;
    [[noreturn]] void not_modelled(const std::string& reason) const { throw Stop{Ending::not_modelled, reason}; }

    Value value(const ir::Operand& operand) const {
        if (operand.is_constant()) return {operand.bits(), memory::no_object, 0};
        return registers_[base_ + static_cast<std::size_t>(operand.as_register())];
    }
    void set(ir::RegisterId id, const Value& value) { registers_[base_ + static_cast<std::size_t>(id)] = value; }
    const ir::Scalar& scalar(ir::TypeId type) const { return scalars_[static_cast<std::size_t>(type)]; }

    // usual.cpp
    void run_usual();
    memory::Object* usual_object(const Value& pointer, std::uint64_t size);
    bool usual_load(const Value& pointer, unsigned size, Value& result);
    bool usual_store(const Value& pointer, unsigned size, const Value& value);
    bool usual_conversion(const Decoded& now, const Value& value, Value& result);
    bool usual_step(const Decoded& now, Value* registers, const Value* constants);

    // arithmetic.cpp
    void execute(const ir::Move& move);
    void execute(const ir::Unary& unary);
    void execute(const ir::Binary& binary);
    void execute(const ir::Cast& cast);
    void execute(const ir::FieldAddress& address);
    void execute(const ir::ElementAddress& address);
    void execute(const ir::PointerDifference& difference);
    void compare_identities(const ir::Binary& binary, const Value& left, const Value& right) const;
    std::uint64_t stride(ir::TypeId element) const;

    // extended.cpp: long double
    Value extended(const std::vector<Value>& arguments) const;
    Value print_extended(const std::vector<Value>& arguments);
    Value parse_extended(const Value& from, const Value& size, const Value& part);
    bool record_long_double(const ir::Instruction& store);

    // access.cpp
    void execute(const ir::AddressOfLocal& address);
    void execute(const ir::AddressOfGlobal& address);
    void execute(const ir::AddressOfFunction& address);
    void execute(const ir::EnterLocal& enter);
    void execute(const ir::LeaveLocal& leave);
    void execute(const ir::Load& load);
    void execute(const ir::Store& store);
    void execute(const ir::CopyBytes& copy);
    void execute(const ir::FillBytes& fill);
    ObjectId enter_local(ir::LocalId local, std::uint64_t size, std::uint8_t size_shadow);
    void leave_local(ir::LocalId local);
    ObjectId global_object(ir::GlobalId global);
    ObjectId function_object(ir::FunctionId function);
    void give_contents(ObjectId object, ir::GlobalId global);
    void examine(const Value& pointer);  // ends the run when nothing is known about what is there
    std::uint64_t accessible(const Value& pointer, std::uint64_t size, bool for_writing) const;  // the offset
    Facts facts_of(shadow::Event event) const;
    Facts access_facts(shadow::Event event, const Value& pointer, std::uint64_t size) const;

    // deferred.cpp: objects that become what they are at their first use
    void defer(const ir::Call& call);
    void use(const Value& pointer) const;
    void use_to_compare(const Value& left, const Value& right) const;
    bool is_later(const Value& pointer) const;
    void begin_to_become(ObjectId object);
    void end_becoming(ObjectId object, const Value& result);
    void resize(const Value& pointer, const Value& size);

    // calls.cpp
    void execute(const ir::Call& call);
    void execute(const ir::CallIntrinsic& call);
    void execute(const ir::Return& end);
    ir::FunctionId callee(const ir::Call& call);
    void call_body(ir::FunctionId function, const ir::Call& call, const std::vector<Value>& arguments);
    void check_call(const ir::Function& function, const ir::Call& call) const;
    void call_external(ir::FunctionId function, const ir::Call& call, const std::vector<Value>& arguments);
    void write_output(const ir::Function& function, const std::vector<Value>& arguments);
    std::string text_at(const Value& pointer);  // the C string there
    void check_return(const Value& result);
    bool is_read(ir::RegisterId result);
    Value new_opaque();
    Value allocate(const Value& size, bool is_zeroed);
    void release(const Value& pointer);
    void touch(const Value& pointer, const Value& size);
    void copy_apart(const std::vector<Value>& arguments);

    // returned.cpp: what Python looks at
    void note_return();
    void look_at_returned(const std::vector<Value>& arguments);

    // references.cpp: counted blocks
    void count_references(const Value& pointer);
    void share(const Value& pointer, const Value& condition);
    void answer_for(const Value& pointer);
    bool has_counted_blocks() const;
    std::uint64_t references(const Value& holder, const Value& block) const;
    std::vector<std::uint64_t> lost_references(const std::vector<bool>& is_reached) const;
    bool is_leaked(ObjectId id, std::uint64_t references) const;

    // leaks.cpp
    void end_entry(const Value& result);
    void check_blocks(const std::vector<bool>& is_reached, bool only_lost);
    void check_lost();
    enum class Roots : std::uint8_t { usual, with_counted };
    std::vector<bool> reachable_objects(Roots roots = Roots::usual) const;
    void each_live_register(std::size_t frame, const std::function<void(const Value&)>& visit) const;
    bool asks_at_end() const;
    void leave_main();
    void check_left(const Facts& facts, ir::Site made_at, const Left& left);

    // numbers.cpp: numbers that rules keep a state beside
    void set_number_state(const NumberKey& key, std::uint8_t state, bool is_given);
    bool may_be(const Value& value, const NumberKey& key) const;
    static bool is_number(const Value& value, const NumberKey& key);
    enum class Holder : std::uint8_t { any, itself };  // what is computed from it, too, or the number itself
    bool holds_number(ObjectId id, const NumberKey& key, Holder holder) const;
    bool is_held(const NumberKey& key, const std::vector<bool>& is_reached, Holder holder) const;
    void keep_numbers(const Value& value);
    void check_numbers(const std::vector<bool>& is_reached);

    // questions.cpp: what assertions ask
    void type_block(const Value& pointer, ir::TypeId type);
    std::optional<ir::TypeId> type_of(const memory::Object& object) const;
    Value is_a(const Value& pointer, ir::TypeId wanted);
    Value shadow_of(const Value& value, const std::string& domain);
    bool passes_open_assertion(const ir::Branch& branch, const Value& condition);

    // unknown.cpp
    void require_known(std::uint8_t shadow) const;  // ends the run where nobody knows the value
    Value unknown(const std::string& from);
    void call_unknown(const ir::Function& function, const ir::Call& call, const std::vector<Value>& arguments);
    void escape(ObjectId object);
    void forget(ObjectId object);
    Value print_double(const Value& to, const Value& number, const Value& conversion, const Value& is_alternate,
                       const Value& precision);
    Value put_text(const Value& to, const std::string& text, std::uint8_t shadow);
    Value parse_double(const Value& from, const Value& size);
    std::string number_text(const Value& from, const Value& size, std::uint8_t& shadow);

    // inputs.cpp
    void execute(const ir::Input& input);
    std::uint32_t numbered(const Value& number) const;  // the occurrence
    std::string input_name(const ir::Input& input) const;
    Value integer_input(const ir::IntegerInput& choice, std::optional<InputValue>& chosen);
    Value float_input(const ir::FloatInput& choice, std::optional<InputValue>& chosen);
    Value bytes_input(const ir::Input& input, const ir::BytesInput& choice, std::optional<InputValue>& chosen,
                      std::uint8_t shadow);
    std::uint8_t shadow_of_input(const ir::Input& input) const;

    void execute(const ir::Jump& end) { jump(end.target); }
    void execute(const ir::Branch& branch);
    void execute(const ir::Switch& choice);
    void execute(const ir::NotModelled& end) { not_modelled(end.reason); }
    void execute(const ir::Unreachable&) { not_modelled("control reached what the standard says it cannot"); }

    // events.cpp
    bool is_watched(shadow::Event event) const {
        return demands_begin_ != demands_end_ || updates_[static_cast<std::size_t>(event)];
    }
    void check(const Facts& facts) { check(facts, facts); }
    void check(const Facts& facts, const Facts& other);  // of the two events of one instruction
    void check(std::span<const std::uint32_t> demands, const ir::Function& function, const Facts& facts,
               const Facts& other);
    [[noreturn]] void fail(std::uint32_t demand, const Facts& facts);
    Failure failure_of(std::uint32_t demand, const Facts& facts);
    bool rests_on_unknown(std::uint32_t demand, const Facts& facts) const;
    void change_states(const Facts& facts);  // beside objects and the thread, by the rules
    Facts call_facts(shadow::Event event, const Frame& caller, std::uint32_t index) const;
    bool changes_states(shadow::Event event, std::optional<ir::FunctionId> callee);  // some update may mean the call
    void after_call(ir::FunctionId callee, const Value& result);
    std::uint8_t updated(const Facts& facts,
                         std::uint8_t transferred) const;  // by the rules, from the default transfer
    std::optional<std::uint8_t> shadow_by_kind(shadow::ObjectKind kind) const;
    std::uint8_t shadow_of_new(shadow::ObjectKind kind, std::uint64_t size, std::uint8_t size_shadow);
    void record_step(const ir::Instruction& instruction);
    void record(const std::string& name, const Value& value, ir::TypeId type);

    const ir::Program& program_;
    const shadow::Table& table_;
    const Limits limits_;
    const bool with_steps_;
    std::map<std::pair<ir::Site, std::uint32_t>, InputValue> chosen_;  // by site and occurrence
    std::map<ir::Site, std::uint32_t> occurrences_;
    std::vector<ir::Scalar> scalars_;                         // by type
    bool updates_[shadow::event_count] = {};                  // by event: some update rule watches it
    std::array<std::optional<std::uint8_t>, 8> new_shadows_;  // where the kind alone decides
    std::uint8_t in_memory_ = 0xff;                           // the layers whose bits memory carries
    std::map<std::pair<shadow::Event, std::optional<ir::FunctionId>>, bool>
        changes_;                                  // by event and callee; of the run
    std::array<std::uint8_t, 8> thread_states_{};  // by layer
    NumberStates number_states_;
    bool has_left_main_ = false;
    std::vector<ir::Site> last_return_;  // to the world outside: the stack; empty: none that Python did not look at
    std::vector<std::unique_ptr<Prepared>> prepared_;  // by function
    std::vector<bool> called_;                         // by function
    std::vector<ObjectId> globals_, functions_;        // no_object: not met yet
    std::map<ObjectId, Deferred> deferred_;

    memory::Memory memory_;
    std::vector<Frame> frames_;
    std::vector<Value> registers_;            // of all frames
    std::vector<ObjectId> locals_;            // of all frames; no_object: not entered
    std::vector<Value> arguments_;            // of the call at hand
    const ir::Function* function_ = nullptr;  // of the innermost frame, with what is looked at each instruction:
    Prepared* current_ = nullptr;
    std::size_t base_ = 0;
    std::uint32_t pc_ = 0, next_ = 0;
    const std::uint32_t* demands_begin_ = nullptr;  // of the instruction
    const std::uint32_t* demands_end_ = nullptr;
    bool is_running_ = true;
    std::uint64_t stack_size_ = 0;        // bytes of the locals of all frames
    std::uint32_t entry_calls_ = 0;       // begun in the entry's frame
    std::vector<std::uint8_t> operands_;  // by demand: what it looks at
    std::vector<ObjectId> escaped_;       // functions without bodies may hold pointers to them
    bool are_globals_forgotten_ = false;  // such a function was called
    std::string unknown_from_;            // the last one
    Outcome outcome_;
    Describer describer_;
    StepRecorder steps_;
};

}  // namespace gnomon::interp
