//! The company of the drafts' examples, written by hand as the generator writes it.
//!
//! ```bare
//! type PublicKey data[128]
//! type Time str
//! type Department enum { ACCOUNTING ADMINISTRATION CUSTOMER_SERVICE DEVELOPMENT JSMITH = 99 }
//! type Address list<str>[4]
//! type Customer struct {
//!     name: str email: str address: Address
//!     orders: list<struct { orderId: i64 quantity: i32 }> metadata: map<str><data>
//! }
//! type Employee struct {
//!     name: str email: str address: Address department: Department hireDate: Time
//!     publicKey: optional<PublicKey> metadata: map<str><data>
//! }
//! type TerminatedEmployee void
//! type Person union { Customer | Employee | TerminatedEmployee }
//! ```

use barewire::{
    Decode, Encode, Failed, FixedListView, ListView, Map, MapView, Message, Reader, Sink, Str, UnknownValue,
    Width,
};
use bytes::Bytes;

pub type PublicKey = [u8; 128];
pub type Time = Str;
pub type Address = [Str; 4];

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Department {
    Accounting = 0,
    Administration = 1,
    CustomerService = 2,
    Development = 3,
    Jsmith = 99,
}

impl TryFrom<u64> for Department {
    type Error = UnknownValue;

    fn try_from(value: u64) -> Result<Self, UnknownValue> {
        Ok(match value {
            0 => Self::Accounting,
            1 => Self::Administration,
            2 => Self::CustomerService,
            3 => Self::Development,
            99 => Self::Jsmith,
            unknown => return Err(UnknownValue(unknown)),
        })
    }
}

impl<'a> Decode<'a> for Department {
    const MIN_LEN: usize = 1;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.enumeration()
    }
}

impl Encode for Department {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.uint(*self as u64);
    }
}

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Customer {
    pub name: Str,
    pub email: Str,
    pub address: Address,
    pub orders: Vec<CustomerOrders>,
    pub metadata: Map<Str, Bytes>,
}

impl<'a> Decode<'a> for Customer {
    const MIN_LEN: usize = 8;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self {
            name: r.field("name")?,
            email: r.field("email")?,
            address: r.field("address")?,
            orders: r.field("orders")?,
            metadata: r.field("metadata")?,
        })
    }
}

impl Encode for Customer {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.name);
        s.field(&self.email);
        s.field(&self.address);
        s.field(&self.orders);
        s.field(&self.metadata);
    }
}

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CustomerView<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub address: FixedListView<'a, &'a str, 4>,
    pub orders: ListView<'a, CustomerOrders>,
    pub metadata: MapView<'a, &'a str, &'a [u8]>,
}

impl<'a> Decode<'a> for CustomerView<'a> {
    const MIN_LEN: usize = 8;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self {
            name: r.field("name")?,
            email: r.field("email")?,
            address: r.field("address")?,
            orders: r.field("orders")?,
            metadata: r.field("metadata")?,
        })
    }
}

impl Encode for CustomerView<'_> {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.name);
        s.field(&self.email);
        s.field(&self.address);
        s.field(&self.orders);
        s.field(&self.metadata);
    }
}

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CustomerOrders {
    pub order_id: i64,
    pub quantity: i32,
}

impl<'a> Decode<'a> for CustomerOrders {
    const MIN_LEN: usize = 12;
    const WIDTH: Width = Width::Raw;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self { order_id: r.field("orderId")?, quantity: r.field("quantity")? })
    }
}

impl Encode for CustomerOrders {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.order_id);
        s.field(&self.quantity);
    }
}

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Employee {
    pub name: Str,
    pub email: Str,
    pub address: Address,
    pub department: Department,
    pub hire_date: Time,
    pub public_key: Option<PublicKey>,
    pub metadata: Map<Str, Bytes>,
}

impl<'a> Decode<'a> for Employee {
    const MIN_LEN: usize = 10;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self {
            name: r.field("name")?,
            email: r.field("email")?,
            address: r.field("address")?,
            department: r.field("department")?,
            hire_date: r.field("hireDate")?,
            public_key: r.field("publicKey")?,
            metadata: r.field("metadata")?,
        })
    }
}

impl Encode for Employee {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.name);
        s.field(&self.email);
        s.field(&self.address);
        s.field(&self.department);
        s.field(&self.hire_date);
        s.field(&self.public_key);
        s.field(&self.metadata);
    }
}

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EmployeeView<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub address: FixedListView<'a, &'a str, 4>,
    pub department: Department,
    pub hire_date: &'a str,
    pub public_key: Option<&'a [u8; 128]>,
    pub metadata: MapView<'a, &'a str, &'a [u8]>,
}

impl<'a> Decode<'a> for EmployeeView<'a> {
    const MIN_LEN: usize = 10;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(Self {
            name: r.field("name")?,
            email: r.field("email")?,
            address: r.field("address")?,
            department: r.field("department")?,
            hire_date: r.field("hireDate")?,
            public_key: r.field("publicKey")?,
            metadata: r.field("metadata")?,
        })
    }
}

impl Encode for EmployeeView<'_> {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.name);
        s.field(&self.email);
        s.field(&self.address);
        s.field(&self.department);
        s.field(&self.hire_date);
        s.field(&self.public_key);
        s.field(&self.metadata);
    }
}

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Person {
    Customer(Box<Customer>),
    Employee(Box<Employee>),
    TerminatedEmployee,
}

impl<'a> Decode<'a> for Person {
    const MIN_LEN: usize = 1;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(match r.uint()? {
            0 => Self::Customer(r.field("Customer")?),
            1 => Self::Employee(r.field("Employee")?),
            2 => Self::TerminatedEmployee,
            tag => return Err(r.unknown_tag(tag)),
        })
    }
}

impl Encode for Person {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        match self {
            Self::Customer(member) => s.member(0, member),
            Self::Employee(member) => s.member(1, member),
            Self::TerminatedEmployee => s.uint(2),
        }
    }
}

impl Message for Person {
    const NAME: &'static str = "Person";
    type View<'a> = PersonView<'a>;
}

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PersonView<'a> {
    Customer(CustomerView<'a>),
    Employee(EmployeeView<'a>),
    TerminatedEmployee,
}

impl<'a> Decode<'a> for PersonView<'a> {
    const MIN_LEN: usize = 1;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        Ok(match r.uint()? {
            0 => Self::Customer(r.field("Customer")?),
            1 => Self::Employee(r.field("Employee")?),
            2 => Self::TerminatedEmployee,
            tag => return Err(r.unknown_tag(tag)),
        })
    }
}

impl Encode for PersonView<'_> {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        match self {
            Self::Customer(member) => s.member(0, member),
            Self::Employee(member) => s.member(1, member),
            Self::TerminatedEmployee => s.uint(2),
        }
    }
}

impl Message for PersonView<'_> {
    const NAME: &'static str = "Person";
    type View<'a> = PersonView<'a>;
}

/// The customer of the drafts, with an unsorted map.
pub fn customer() -> Person {
    Person::Customer(Box::new(Customer {
        name: "James Smith".into(),
        email: "jsmith@example.org".into(),
        address: ["123 Main St", "Philadelphia", "PA", "United States"].map(Str::from),
        orders: vec![
            CustomerOrders { order_id: 4_242_424_242, quantity: 5 },
            CustomerOrders { order_id: -1, quantity: 0 },
        ],
        metadata: Map::from([
            ("b".into(), Bytes::from_static(b"\x01\x02")),
            ("a".into(), Bytes::from(vec![7; 300])),
        ]),
    }))
}
